"""Files of the project that pages lead to: documents and pictures that this catalogue names, with their content."""

from __future__ import annotations

from comptoir.addresses import FILES
from comptoir.markdown import find_links
from comptoir.model.base import Text, TextPlace
from comptoir.model.catalogue import Catalogue
from comptoir.model.walk import walk


def project_files(catalogue: Catalogue) -> dict[str, bytes]:
    """Path under docs/ → content. What only a hidden entity names stays at home."""
    named = {
        d.file for service in catalogue.services.values() for d in service.documents if d.file is not None
    }
    for model in (catalogue.organisation, *(entity for _, entity in catalogue.entities())):
        for _, place, value in walk(model, TextPlace):
            if place.markdown and isinstance(value, Text):
                named |= {
                    link.target
                    for _, text in value.variants()
                    if "![" in text
                    for link in find_links(text)
                    if link.is_image and not link.scheme
                }
    found = ((file, catalogue.assets.get(f"catalogue/{file}")) for file in sorted(named))
    return {FILES + file: path.read_bytes() for file, path in found if path is not None}
