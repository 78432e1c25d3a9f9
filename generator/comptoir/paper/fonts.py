"""The typefaces of everything printed: those that the organisation chose in; fonts that Typst reads, and their names, out.

Typst reads TrueType and OpenType, variable ones included, but not WOFF2: the files of the site are unpacked, and kept
for the next build. A typeface that ships is cut into two files by alphabet, so the second gets a name of its own,
and what neither holds is looked for in two fonts that ship for that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from comptoir.brand import shipped_fonts
from comptoir.model.catalogue import Catalogue
from comptoir.model.organisation import Font, Fonts
from comptoir.problems import Problem, Severity, suggest
from comptoir.resources import templates_folder
from comptoir.store import Store

FALLBACKS: Final = {"DejaVu Sans": "dejavu-sans.woff2", "Noto Emoji": "noto-emoji.woff2"}
"""Other alphabets and signs, then emoji: what no typeface of a brand holds."""

CODE: Final = "DejaVu Sans Mono"  # comes with Typst
FORMAT: Final = 1  # raise it when the same file is to be unpacked in another way
_DEFAULTS: Final = Fonts()
_BOLD: Final = 700


@dataclass(frozen=True, slots=True)
class UnpackedFont:
    """A file to unpack under the name `family`. `weight` and `italic` are set where they are not None."""

    family: str
    content: bytes
    weight: int | None = None
    italic: bool | None = None

    @property
    def name(self) -> str:
        """Changes with whatever changes the unpacked font."""
        asked = f"{FORMAT} {self.family} {self.weight} {self.italic} ".encode()
        return hashlib.sha256(asked + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Fonts by file name, and the names to ask for, in the order in which a letter is looked for.

    `everywhere` are the files in which text of every role is looked for.
    """

    files: Mapping[str, bytes]
    everywhere: tuple[str, ...]
    text: tuple[str, ...]
    headings: tuple[str, ...]
    code: tuple[str, ...]
    problems: tuple[Problem, ...]


def choose_typefaces(catalogue: Catalogue, store: Store | None = None) -> Typefaces:
    """The typefaces of the organisation; what cannot be used is told, and the one that ships takes its place."""
    chosen = catalogue.organisation.brand.fonts
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    text = _use("text", chosen.text, _DEFAULTS.text, catalogue, store, files, problems)
    for family, file in FALLBACKS.items():
        _add(
            UnpackedFont(family, (templates_folder() / "brand" / "fonts" / "fallback" / file).read_bytes()),
            store,
            files,
        )
    everywhere = tuple(files)
    headings = _use("headings", chosen.headings, _DEFAULTS.headings, catalogue, store, files, problems)
    last = (*FALLBACKS, CODE)
    return Typefaces(
        files,
        everywhere,
        text=tuple(dict.fromkeys((*text, *last))),
        headings=tuple(dict.fromkeys((*headings, *text, *last))),
        code=tuple(dict.fromkeys((CODE, *text, *FALLBACKS))),
        problems=tuple(problems),
    )


def _use(
    role: str,
    font: Font,
    default: Font,
    catalogue: Catalogue,
    store: Store | None,
    files: dict[str, bytes],
    problems: list[Problem],
) -> tuple[str, ...]:
    """Adds the files of the typeface; gives its names."""
    own = tuple(_own_faces(font, catalogue))
    faces = [face for _, face in own] or list(_shipped_faces(font.family))
    place = catalogue.organisation.locate("brand", "fonts", role, "family")
    if not faces:
        message = f"the typeface '{font.family}' has no file, so {default.family} is printed instead"
        hint = suggest(font.family, [known.family for known in shipped_fonts()])
        problems.append(Problem(place, "print-font", message, hint, Severity.WARNING))
    used = []
    for index, face in enumerate(faces):
        try:
            _add(face, store, files)
        except ValueError as fault:
            if own:
                place = catalogue.organisation.locate("brand", "fonts", role, own[index][0])
            message = f"this font cannot be printed: {fault}"
            problems.append(Problem(place, "print-font", message, "", Severity.WARNING))
        else:
            used.append(face.family)
    if not used:
        for face in _shipped_faces(default.family):
            _add(face, store, files)
            used.append(face.family)
    return tuple(dict.fromkeys(used))


def _own_faces(font: Font, catalogue: Catalogue) -> Iterator[tuple[str, UnpackedFont]]:
    """The project's own files, each with its key in the YAML."""
    wanted = (
        ("regular", font.regular, None, False),
        ("bold", font.bold, _BOLD, False),
        ("italic", font.italic, None, True),
    )
    for key, file, weight, italic in wanted:
        path = catalogue.assets.get(f"catalogue/{file}") if file else None
        if path is not None:
            yield key, UnpackedFont(font.family, path.read_bytes(), weight, italic)


def _shipped_faces(family: str) -> Iterator[UnpackedFont]:
    """Those of a typeface that ships: the common letters first, which the other file need not have."""
    faces = (face for font in shipped_fonts() if font.family == family for face in font.faces)
    for face in sorted(faces, key=lambda face: "latin-ext" in face.path.name):
        name = f"{family} Ext" if "latin-ext" in face.path.name else family
        yield UnpackedFont(name, face.path.read_bytes(), italic=face.style == "italic")


def _add(face: UnpackedFont, store: Store | None, files: dict[str, bytes]) -> None:
    """Unpacks a font, or takes what an earlier build unpacked. Raises ValueError when it cannot be read."""
    font = store.read(face.name) if store else None
    if font is None:
        from comptoir.paper.opentype import (
            unpack,
        )  # a library that is slow to import, for the first build only

        font = unpack(face.content, face.family, face.weight, face.italic)
        if store:
            store.write(face.name, font)
    files[f"{face.name[:16]}.ttf"] = font
