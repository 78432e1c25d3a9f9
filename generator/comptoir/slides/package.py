"""The file as a whole: a PPTX with the time of its making in it in; the same with a fixed one, out."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PRESENTATION: Final = b"presentationml.presentation.main+xml"
_TEMPLATE: Final = b"presentationml.template.main+xml"
_WRITTEN: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def as_presentation(content: bytes) -> bytes:
    """A template as a presentation, which the library reads. Raises BadZipFile and KeyError for what is no such archive."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "[Content_Types].xml":
                data = data.replace(_TEMPLATE, _PRESENTATION)
            target.writestr(member.filename, data)
    return result.getvalue()


def repack(content: bytes, today: date, *, as_template: bool = False) -> bytes:
    """The archive with the same members in the same order, all of one time; workbooks within it too.

    With `as_template`, it calls itself a model for presentations.
    """
    result = BytesIO()
    stamp = f"{today.isoformat()}T00:00:00Z".encode()
    with ZipFile(BytesIO(content)) as source, ZipFile(result, "w", ZIP_DEFLATED, compresslevel=6) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename.endswith(".xlsx"):
                data = repack(data, today)
            elif member.filename == "docProps/core.xml":
                data = _WRITTEN.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            elif member.filename == "[Content_Types].xml" and as_template:
                data = data.replace(_PRESENTATION, _TEMPLATE)
            entry = ZipInfo(member.filename, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, data)
    return result.getvalue()
