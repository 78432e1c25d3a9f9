"""Slide master, layouts and theme as XML: layouts and colours in; what PowerPoint reads out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final
from xml.sax.saxutils import escape

from comptoir.printing.slides.deck import FOOTER_BOX, MARGIN, WIDTH, Box, Hole, Kind, Layout, Level, Shape
from comptoir.printing.slides.geometry import Outline
from comptoir.printing.slides.palette import Palette, colour_xml
from comptoir.printing.slides.places import FOOTER, NUMBER

SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REFUSED: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAME_NAMES: Final = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
)
CORNER: Final = 8  # points, of a card
_NUMBER_BOX: Final = Box(WIDTH - MARGIN - 60, 507, 60, 18)
_QUIET: Final = Level(10, "tx1")

DrawingOf = Callable[[str], Outline | None]


def clean(text: str) -> str:
    """The text without the characters that XML refuses."""
    return _REFUSED.sub("", text)


def quoted(text: str) -> str:
    """The text as an attribute holds it."""
    return escape(clean(text), {'"': "&quot;", "\n": " "})


def emu(points: float) -> int:
    """Points in the unit of the file format."""
    return round(points * 12700)


def theme_xml(name: str, palette: Palette, headings: str, text: str) -> str:
    """The theme: its colours and its two typefaces; effects are plain."""
    colours = "".join(
        f'<a:{role}><a:srgbClr val="{c[1:].upper()}"/></a:{role}>' for role, c in palette.scheme.items()
    )
    custom = "".join(
        f'<a:custClr name="{quoted(label)}"><a:srgbClr val="{colour[1:].upper()}"/></a:custClr>'
        for label, colour in palette.custom
    )
    fonts = "".join(
        f'<a:{role}Font><a:latin typeface="{quoted(face)}"/><a:ea typeface=""/><a:cs typeface=""/></a:{role}Font>'
        for role, face in (("major", headings), ("minor", text))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = "".join(
        f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
        for width in (6350, 12700, 19050)
    )
    return (
        f'{HEAD}<a:theme {SPACES} name="{quoted(name)}"><a:themeElements>'
        f'<a:clrScheme name="{quoted(name)}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{quoted(name)}">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="{quoted(name)}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst>'
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        f"<a:objectDefaults/><a:extraClrSchemeLst/><a:custClrLst>{custom}</a:custClrLst></a:theme>"
    )


def master_xml(
    layout: Layout, lang: str, words: tuple[str, str], layout_ids: Iterable[tuple[int, str]]
) -> str:
    """The slide master, after the plainest layout. `words`: the prompt of the title, and that of text."""
    title, body = layout.holes[0], layout.holes[1]
    styles = "".join(
        f"<p:{name}>{''.join(_level(n, level) for n, level in enumerate(levels, 1))}</p:{name}>"
        for name, levels in (
            ("titleStyle", title.levels),
            ("bodyStyle", body.levels),
            ("otherStyle", (Level(14),)),
        )
    )
    holes = "".join(
        _hole(n, hole, lang, with_style=False)
        for n, hole in enumerate((_as(title, words[0]), _as(body, words[1]), *footer_holes()), 2)
    )
    ids = "".join(f'<p:sldLayoutId id="{number}" r:id="{name}"/>' for number, name in layout_ids)
    return (
        f'{HEAD}<p:sldMaster {SPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
        f"<a:effectLst/></p:bgPr></p:bg><p:spTree>{_GROUP}{holes}</p:spTree></p:cSld><p:clrMap {_SAME_NAMES}/>"
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:txStyles>{styles}</p:txStyles></p:sldMaster>"
    )


def layout_xml(
    layout: Layout,
    lang: str,
    drawing_of: DrawingOf,
    relation_of: Callable[[Shape], str],
    logo: str,
    logo_size: tuple[int, int],
) -> str:
    """A layout. `relation_of` gives the relationship of a pictogram that stays a picture; `logo` that of the logo."""
    background = ""
    if layout.background:
        fill = f"<a:solidFill>{colour_xml(layout.background)}</a:solidFill>"
        background = f"<p:bg><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>"
    parts = [_shape(n, shape, drawing_of, relation_of) for n, shape in enumerate(layout.shapes, 2)]
    if logo and layout.logo:
        parts.append(_picture(len(parts) + 2, _fitted(layout.logo, logo_size), logo, "Logo"))
    for hole in (*layout.holes, *footer_holes(layout.footer_colour, layout.footer_box)):
        parts.append(_hole(len(parts) + 2, hole, lang))
    return (
        f'{HEAD}<p:sldLayout {SPACES} type="{layout.kind}" preserve="1" userDrawn="1"><p:cSld name="{quoted(layout.name)}">'
        f"{background}<p:spTree>{_GROUP}{''.join(parts)}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def footer_holes(colour: str = "", box: Box = FOOTER_BOX) -> tuple[Hole, Hole]:
    """Who speaks, and the number of the slide."""
    quiet = Level(10, colour or _QUIET.colour)
    right = Level(10, colour or _QUIET.colour, align="r")
    return (
        Hole(FOOTER, Kind.FOOTER, "Footer", box, (quiet,), "ctr"),
        Hole(NUMBER, Kind.NUMBER, "Number", _NUMBER_BOX, (right,), "ctr"),
    )


_GROUP: Final = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


def _as(hole: Hole, prompt: str) -> Hole:
    return Hole(1 if hole.index else 0, hole.kind, hole.name, hole.box, hole.levels, hole.anchor, prompt)


def _hole(number: int, hole: Hole, lang: str, *, with_style: bool = True) -> str:
    index = f' idx="{hole.index}"' if hole.index else ""
    own_words = ' hasCustomPrompt="1"' if hole.prompt and with_style else ""
    kind = f' type="{hole.kind.value}"'
    fill = f"<a:solidFill>{colour_xml(hole.fill)}</a:solidFill>" if hole.fill else ""
    geometry = _rectangle(hole.box, round_corners=bool(hole.fill))
    inset = " ".join(f'{side}Ins="{emu(inset)}"' for side, inset in zip("ltrb", hole.insets, strict=True))
    levels = "".join(_level(n, level) for n, level in enumerate(hole.levels, 1)) if with_style else ""
    fit = "<a:normAutofit/>" if hole.kind not in (Kind.FOOTER, Kind.NUMBER) else "<a:noAutofit/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{quoted(hole.name)} {number - 1}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr><p:ph{kind}{index}{own_words}/></p:nvPr></p:nvSpPr><p:spPr>{_frame(hole.box)}{geometry}{fill}</p:spPr>"
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" {inset} rtlCol="0" anchor="{hole.anchor}">{fit}</a:bodyPr>'
        f"<a:lstStyle>{levels}</a:lstStyle>{_prompt(hole, lang)}</p:txBody></p:sp>"
    )


def _prompt(hole: Hole, lang: str) -> str:
    if hole.kind is Kind.NUMBER:
        return f'<a:p>{number_field(lang, "‹#›", hole.levels[0])}<a:endParaRPr lang="{lang}"/></a:p>'
    if not hole.prompt:
        return f'<a:p><a:endParaRPr lang="{lang}"/></a:p>'
    return f'<a:p><a:r><a:rPr lang="{lang}"/><a:t>{escape(clean(hole.prompt))}</a:t></a:r><a:endParaRPr lang="{lang}"/></a:p>'


def number_field(lang: str, text: str, level: Level) -> str:
    """The number of the slide, which PowerPoint keeps up to date."""
    return (
        f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{_run_looks(lang, level)}'
        f"<a:t>{text}</a:t></a:fld>"
    )


def text_run(text: str, lang: str, level: Level) -> str:
    """A piece of text that says itself how it looks."""
    return f"<a:r>{_run_looks(lang, level)}<a:t>{escape(clean(text))}</a:t></a:r>"


def _run_looks(lang: str, level: Level) -> str:
    return (
        f'<a:rPr lang="{lang}" sz="{round(level.size * 100)}"><a:solidFill>{colour_xml(level.colour)}</a:solidFill>'
        '<a:latin typeface="+mn-lt"/></a:rPr>'
    )


def _level(number: int, level: Level) -> str:
    indent = emu(level.indent)
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if level.bullet else "<a:buNone/>"
    font = "+mj" if level.is_heading else "+mn"
    return (
        f'<a:lvl{number}pPr marL="{indent}" indent="{-indent}" algn="{level.align}" rtl="0">'
        f'<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="{round(level.before * 100)}"/></a:spcBef>'
        f'{bullet}<a:defRPr sz="{round(level.size * 100)}" b="{int(level.bold)}" kern="1200">'
        f"<a:solidFill>{colour_xml(level.colour)}</a:solidFill>"
        f'<a:latin typeface="{font}-lt"/><a:ea typeface="{font}-ea"/><a:cs typeface="{font}-cs"/>'
        f"</a:defRPr></a:lvl{number}pPr>"
    )


def _frame(box: Box) -> str:
    return (
        f'<a:xfrm><a:off x="{emu(box.x)}" y="{emu(box.y)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
    )


def shapes_xml(
    shapes: Iterable[Shape], drawing_of: DrawingOf, relation_of: Callable[[Shape], str], first: int = 2
) -> str:
    """The shapes, to be put into a tree of shapes; their numbers begin at `first`."""
    return "".join(_shape(n, shape, drawing_of, relation_of) for n, shape in enumerate(shapes, first))


def _shape(number: int, shape: Shape, drawing_of: DrawingOf, relation_of: Callable[[Shape], str]) -> str:
    fill = f"<a:solidFill>{colour_xml(shape.colour)}</a:solidFill><a:ln><a:noFill/></a:ln>"
    if shape.pictogram:
        outline = drawing_of(shape.pictogram)
        if outline is None:
            return _picture(number, shape.box, relation_of(shape), f"Shape {number}")
        return "".join(
            _sp(number * 100 + n, shape.box, _custom(outline, path), _faded(shape.colour, opacity))
            for n, (path, opacity) in enumerate(outline.paths)
        )
    return _sp(number, shape.box, _rectangle(shape.box, round_corners=shape.round), fill)


def _rectangle(box: Box, *, round_corners: bool) -> str:
    if not round_corners:
        return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    share = round(100_000 * CORNER / min(box.width, box.height))
    return (
        f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst></a:prstGeom>'
    )


def _custom(outline: Outline, path: str) -> str:
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{outline.width}" h="{outline.height}">{path}</a:path></a:pathLst></a:custGeom>'
    )


def _faded(colour: str, opacity: int) -> str:
    inner = colour_xml(colour)
    if opacity < 100:
        tag = inner[1:].partition(" ")[0]
        inner = inner.replace("/>", f'><a:alpha val="{opacity * 1000}"/></{tag}>', 1)
    return f"<a:solidFill>{inner}</a:solidFill><a:ln><a:noFill/></a:ln>"


def _sp(number: int, box: Box, geometry: str, fill: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Shape {number}">{DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(box)}{geometry}{fill}</p:spPr>'
        '<p:txBody><a:bodyPr rtlCol="0"/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>'
    )


DECORATIVE: Final = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def _fitted(box: Box, size: tuple[int, int]) -> Box:
    """The largest box of those proportions inside `box`, at its left; at its right when that is near the edge."""
    scale = min(box.width / max(size[0], 1), box.height / max(size[1], 1))
    width, height = size[0] * scale, size[1] * scale
    left = box.right - width if box.x > WIDTH / 2 else box.x
    return Box(left, box.y, width, height)


def _picture(number: int, box: Box, relationship: str, name: str) -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="{name}">{DECORATIVE}</p:cNvPr><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{_frame(box)}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
