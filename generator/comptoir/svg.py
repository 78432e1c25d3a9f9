"""Drawings of users: bytes of an SVG file in; what is unsafe in it, or a clean element for pages, out.

SVG is a language of programs as much as of pictures. What could run, fetch or reach outside the drawing is
refused; what a page may hold is then written anew from a list of what is known to be harmless.
"""

from __future__ import annotations

import re
from hashlib import sha256
from io import BytesIO
from typing import Final, NamedTuple
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XHTML: Final = "http://www.w3.org/1999/xhtml"
XML: Final = "http://www.w3.org/XML/1998/namespace"

_SHAPE_NAMES: Final = (
    "svg g path rect circle ellipse line polyline polygon text tspan textPath defs symbol use "
    "linearGradient radialGradient stop clipPath mask pattern marker filter title desc style switch "
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur "
    "feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile "
    "feTurbulence"
)
SHAPES: Final = frozenset(_SHAPE_NAMES.split())
_REFUSED: Final = {
    "script": "a script is not allowed in a drawing",
    "handler": "a script is not allowed in a drawing",
    "foreignObject": "<foreignObject> is not allowed: it would bring a page into the drawing",
    "iframe": "an embedded page is not allowed in a drawing",
    "image": "an embedded picture is not allowed: draw with shapes, or use a PNG file",
    "feImage": "an embedded picture is not allowed: draw with shapes, or use a PNG file",
    "audio": "sound is not allowed in a drawing",
    "video": "a film is not allowed in a drawing",
    "animate": "an animation is not allowed in a drawing",
    "animateMotion": "an animation is not allowed in a drawing",
    "animateTransform": "an animation is not allowed in a drawing",
    "animateColor": "an animation is not allowed in a drawing",
    "set": "an animation is not allowed in a drawing",
}
_PLACING: Final = frozenset({"class", "style", "data-drawing"})  # by which a drawing could cover the page
_PRESENTATION: Final = (
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset opacity color display visibility clip-path clip-rule mask filter paint-order "
    "stop-color stop-opacity flood-color flood-opacity lighting-color marker-start marker-mid marker-end vector-effect "
    "font-family font-size font-style font-weight letter-spacing text-anchor dominant-baseline"
)
_PRESENTED: Final = frozenset(_PRESENTATION.split())
"""Properties of a style that are attributes too: these no policy of a web server blocks."""

_OUTSIDE: Final = re.compile(r"url\((?!\s*['\"]?\s*#)|@import|image-set|image\(|src\(|expression\(", re.I)
_LINK: Final = re.compile(r"#[^\s\"'()<>\\]+")
_LOCAL_URL: Final = re.compile(r"url\(\s*['\"]?#([^\s\"'()]+)['\"]?\s*\)", re.I)
_RULE: Final = re.compile(r"([-\w.#*,>:\s]+)\{([^{}<>@\\\"']*)\}")


MAX_DEPTH: Final = 100
MAX_ELEMENTS: Final = 20_000


class Finding(NamedTuple):
    """What is wrong at a place of the drawing; `line` and `column` count from 1."""

    line: int
    column: int
    message: str


def check_svg(content: bytes) -> list[Finding]:
    """What is not allowed in the drawing, in the order of the file; empty if it may be published."""
    checker = _Checker()
    _parse(content, checker)
    return checker.findings


def inline_svg(content: bytes) -> str:
    """The drawing as one `<svg>` element for a page: harmless parts only, identifiers made its own.

    Raises ValueError if `check_svg` refuses the drawing.
    """
    findings = check_svg(content)
    if findings:
        raise ValueError(findings[0].message)
    writer = _Writer("i" + sha256(content).hexdigest()[:8])
    _parse(content, writer)
    return "".join(writer.parts)


class _Handler(ContentHandler):
    """What both readers share: where the parser stands, and what to do when it gives up."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[Finding] = []
        self.place: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self.place = locator

    def refuse(self, message: str) -> None:
        line = self.place.getLineNumber() if self.place else 1
        column = self.place.getColumnNumber() if self.place else 0
        self.findings.append(Finding(line or 1, (column or 0) + 1, message))


def _parse(content: bytes, handler: _Handler) -> None:
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(content))
    except DefusedXmlException:
        handler.refuse("a DOCTYPE or an entity is not allowed: delete the line <!DOCTYPE …>")
    except SAXParseException as error:
        line, column = error.getLineNumber() or 1, error.getColumnNumber() or 0
        handler.findings.append(Finding(line, column + 1, f"not valid SVG: {error.getMessage()}"))
    except (ValueError, LookupError) as error:  # an encoding that does not exist
        handler.findings.append(Finding(1, 1, f"not valid SVG: {error}"))


class _Checker(_Handler):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.elements = 0
        self.style: list[str] | None = None

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        space, local = name
        self.elements += 1
        if self.depth == MAX_DEPTH:
            self.refuse(f"elements nested more than {MAX_DEPTH} deep")
        if self.elements == MAX_ELEMENTS + 1:
            self.refuse(f"more than {MAX_ELEMENTS} elements: simplify the drawing")
        if self.depth == 0 and (space, local) != (SVG, "svg"):
            self.refuse(f'the file begins with <{local}>; a drawing begins with <svg xmlns="{SVG}">')
        self.depth += 1
        if local == "style":
            self.style = []
        if space == XHTML:
            self.refuse(f"an element of HTML, <{local}>, is not allowed in a drawing")
        elif local in _REFUSED:
            self.refuse(_REFUSED[local])
        for (attribute_space, attribute), value in attrs.items():
            self._check_attribute(attribute_space, attribute, value)

    def _check_attribute(self, space: str | None, name: str, value: str) -> None:
        lower = name.lower()
        if lower.startswith("on"):
            self.refuse(f"the attribute '{name}' would run a script")
        elif lower in {"href", "src"} and not _LINK.fullmatch(value.strip()):
            shown = value if len(value) <= 60 else value[:60] + "…"
            self.refuse(f"'{name}' leads outside the drawing, to '{shown}'")
        elif space == XML and lower == "base":
            self.refuse("the attribute 'xml:base' leads outside the drawing")
        else:
            self._check_style(name, value)

    def _check_style(self, name: str, value: str) -> None:
        if _OUTSIDE.search(value) or (name == "style" and "\\" in value):  # "\\75rl(" is "url(" too
            self.refuse(f"'{name}' leads outside the drawing")

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        self.depth -= 1
        if self.style is not None and name[1] == "style":
            self._check_style("style", "".join(self.style))
            self.style = None

    def characters(self, content: str) -> None:
        if self.style is not None:
            self.style.append(content)

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802
        self.refuse(f"the instruction <?{target} …?> is not allowed in a drawing")


class _Writer(_Handler):
    """Writes the known elements anew; an unknown one goes with everything inside it."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = prefix
        self.parts: list[str] = []
        self.skipped = 0
        self.opened: list[str] = []
        self.style: list[str] = []

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        space, local = name
        in_words = bool(self.opened) and self.opened[-1] in {"title", "desc", "style"}
        if self.skipped or space != SVG or local not in SHAPES or in_words:
            self.skipped += 1
            return
        written = [f"<{local}"]
        is_root = not self.opened
        if is_root:
            written.append(f' xmlns="{SVG}" data-drawing="{self.prefix}"')
        given = sorted(attrs.items(), key=lambda item: (item[0][1], item[0][0] or ""))
        kept = {
            attribute: value
            for (attribute_space, attribute), value in given
            if attribute_space in (None, XLINK) and not (is_root and attribute in _PLACING)
        }
        kept |= _presented(kept.pop("style", ""))
        written += (f" {name}={quoteattr(self._own(name, value))}" for name, value in sorted(kept.items()))
        self.opened.append(local)
        self.parts.append("".join(written) + ">")

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        if self.skipped:
            self.skipped -= 1
            return
        local = self.opened.pop()
        if local == "style":
            self.parts.append(escape(self._scoped("".join(self.style))))
            self.style = []
        self.parts.append(f"</{local}>")

    def characters(self, content: str) -> None:
        if self.skipped or not self.opened:
            return
        if self.opened[-1] == "style":
            self.style.append(content)
        elif self.opened[-1] in {"title", "desc", "text", "tspan", "textPath"}:
            self.parts.append(escape(content))

    def _own(self, attribute: str, value: str) -> str:
        """The value with identifiers that no other drawing of the page can have."""
        if attribute == "id":
            return f"{self.prefix}-{value}"
        if attribute == "href":
            return f"#{self.prefix}-{value.strip()[1:]}"
        if attribute in {"aria-labelledby", "aria-describedby"}:
            return " ".join(f"{self.prefix}-{name}" for name in value.split())
        return _LOCAL_URL.sub(rf"url(#{self.prefix}-\1)", value)

    def _scoped(self, style: str) -> str:
        """The simple rules of a style sheet, held to this drawing; anything cleverer goes."""
        scope = f'[data-drawing="{self.prefix}"]'
        rules = []
        for selectors, declarations in _RULE.findall(re.sub(r"/\*.*?\*/", "", style, flags=re.S)):
            owned = re.sub(r"#(?=[\w-])", f"#{self.prefix}-", selectors)
            scoped = ", ".join(
                f"{scope} {selector.strip()}" for selector in owned.split(",") if selector.strip()
            )
            local = _LOCAL_URL.sub(rf"url(#{self.prefix}-\1)", declarations)
            rules.append(f"{scoped}{{{local.strip()}}}")
        return " ".join(rules)


def _presented(style: str) -> dict[str, str]:
    """The declarations of a style as attributes; one that could move the drawing about the page is none."""
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    found = {name.strip().lower(): value.replace("!important", "").strip() for name, _, value in pairs}
    return {name: value for name, value in found.items() if name in _PRESENTED and value}
