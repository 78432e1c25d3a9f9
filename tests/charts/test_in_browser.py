"""Charts as a browser shows them: words as wide as foreseen, colours that follow the page, nothing to complain of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from comptoir.brand import shipped_fonts
from comptoir.charts import Spark, chart_style, draw, narrowed, palette_css
from comptoir.charts.metrics import text_width
from comptoir.charts.style import ChartStyle
from tests.charts.measure_fonts import face_rules
from tests.charts.samples import SAMPLES, STYLE

pytestmark = pytest.mark.browser

# Boxes of letters, not of lines: a font's line is taller than its letters.
OVERLAPS = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const box = text => {
    const b = text.getBBox(), size = parseFloat(getComputedStyle(text).fontSize), y = +text.getAttribute('y');
    return {left: b.x, right: b.x + b.width, top: y - 0.72 * size, bottom: y + 0.2 * size, text: text.textContent};
  };
  const boxes = [...svg.querySelectorAll('text')].map(box), width = svg.viewBox.baseVal.width, faults = [];
  boxes.forEach((a, i) => {
    if (a.left < -1 || a.right > width + 1) faults.push(a.text + ' beyond the edge');
    boxes.slice(i + 1).forEach(b => {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
        faults.push(a.text + ' on ' + b.text);
      }
    });
  });
  return faults;
})"""
MEASURED = """async ([words, family, size, weight]) => {
  await document.fonts.load(`${weight} ${size}px '${family}'`, words.join(''));
  return words.map(text => {
  const span = document.createElement('span');
  span.style.cssText = `position:absolute;white-space:pre;font:${weight} ${size}px '${family}'`;
  span.textContent = text;
  document.body.append(span);
  return span.getBoundingClientRect().width;
})}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def show(page: Page, style: ChartStyle, width: int, scheme: str = "default") -> None:
    """A page with every sample, as a site holds them."""
    page.set_viewport_size({"width": width, "height": 900})
    charts = []
    for spec in SAMPLES:
        if isinstance(spec, Spark):
            charts.append(f'<div style="width:{spec.width}px">{draw(spec, style).svg}</div>')
            continue
        wide, narrow = draw(spec, style).svg, draw(narrowed(spec), style).svg
        charts.append(
            f'<div class="chart"><div class="chart-wide">{wide}</div><div class="chart-narrow">{narrow}</div></div>'
        )
    page.set_content(
        f"<!doctype html><html lang=fr><title>Mesures</title><style>{''.join(map(face_rules, shipped_fonts()))}"
        f"{palette_css(style)}body{{margin:16px;background:var(--chart-paper);color:var(--chart-ink);font-family:'{style.text_font}';"
        f"--chart-title-font:'{style.title_font}'}}</style>"
        f'<body data-md-color-scheme="{scheme}"><main><h1>Mesures</h1>{"".join(charts)}</main></body></html>'
    )
    page.evaluate("() => document.fonts.ready")


@pytest.mark.parametrize("width", [320, 390, 752])
@pytest.mark.parametrize("fonts", [("Figtree", "Fraunces"), ("Source Serif 4", "Atkinson Hyperlegible Next")])
def test_nothing_overlaps_in_the_typefaces_that_ship(page: Page, width: int, fonts: tuple[str, str]) -> None:
    show(page, chart_style("#0b5563", text_font=fonts[0], title_font=fonts[1]), width)
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("font", shipped_fonts(), ids=lambda font: font.family)
def test_words_are_as_wide_as_foreseen(page: Page, font: object) -> None:
    family = font.family  # type: ignore[attr-defined]
    show(page, STYLE, 752)
    words = [
        "Rétablissement dans le délai promis",
        "1\u202f234,5\u00a0€",
        "« Œuvre » ÀÉÎÕÜ Łódź",
        "AVATAR To Ty",
        "94,2\u202f%",
    ]
    for size, weight in ((12, 400), (13, 600), (20, 600)):
        foreseen = [text_width(word, size, family, weight == 600) for word in words]
        measured = page.evaluate(MEASURED, [words, family, size, weight])
        for word, at_most, width in zip(words, foreseen, measured, strict=True):
            assert 0.8 * at_most < width <= at_most, (word, size, weight)


def test_only_the_drawing_that_fits_is_shown(page: Page) -> None:
    shown = "() => [...document.querySelectorAll('.chart > div')].filter(e => e.offsetParent).map(e => e.className)"
    show(page, STYLE, 390)
    assert set(page.evaluate(shown)) == {"chart-narrow"}
    show(page, STYLE, 752)
    assert set(page.evaluate(shown)) == {"chart-wide"}


@pytest.mark.parametrize("width", [320, 390, 600, 671, 672, 752, 1200])
def test_no_text_is_shown_smaller_than_eleven_pixels(page: Page, width: int) -> None:
    show(page, STYLE, width)
    smallest = page.evaluate("""() => Math.min(...[...document.querySelectorAll('.chart svg')]
        .filter(svg => svg.getBoundingClientRect().width)
        .flatMap(svg => [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize)
            * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)))""")
    assert smallest >= 11


@pytest.mark.parametrize("scheme, palette", [("default", STYLE.light), ("slate", STYLE.dark)])
def test_colours_follow_the_page(page: Page, scheme: str, palette: tuple[tuple[str, str], ...]) -> None:
    show(page, STYLE, 752, scheme)
    colours = dict(palette)
    title = "getComputedStyle(document.querySelector('.chart-wide svg [font-family]'))"
    fill = page.evaluate(f"() => {title}.fill")
    assert fill == "rgb({}, {}, {})".format(*(int(colours["ink"][i : i + 2], 16) for i in (1, 3, 5)))
    font = page.evaluate(f"() => {title}.fontFamily")
    assert font == "Fraunces"


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_axe_finds_nothing(page: Page, scheme: str) -> None:
    show(page, STYLE, 752, scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
