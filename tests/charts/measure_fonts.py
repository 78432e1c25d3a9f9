"""Measures the typefaces that ship, in Chromium, and writes the widths that `comptoir.charts.metrics` reads.

Run it by hand after a typeface was added or changed: `.venv/bin/python tests/charts/measure_fonts.py`.
matplotlib cannot read the compressed faces that ship, and a browser knows what a browser will do with them,
optical sizes included; so nothing is needed at run time but a table of numbers.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

from playwright.sync_api import sync_playwright

from comptoir.brand import ShippedFont, shipped_fonts

TARGET = Path(__file__).parents[2] / "generator" / "comptoir" / "charts" / "widths.json"
WEIGHTS = (400, 600)
SIZES = (13, 20)  # an optical size makes small letters wider: the widest counts
CHARACTERS = "".join(
    chr(code)
    for first, last in (
        (0x20, 0x7E),
        (0xA0, 0x17F),
        (0x218, 0x21B),
        (0x2010, 0x2015),
        (0x2018, 0x2022),
        (0x2026, 0x2026),
        (0x202F, 0x2030),
        (0x2039, 0x203A),
        (0x20AC, 0x20AC),
        (0x2122, 0x2122),
        (0x2212, 0x2212),
    )
    for code in range(first, last + 1)
)
MEASURE = """async ({family, weights, sizes, characters}) => {
  const pen = document.createElement('canvas').getContext('2d');
  const widths = {};
  for (const weight of weights) {
    await document.fonts.load(`${weight} 20px '${family}'`, characters);
    widths[weight] = Array.from(characters, c => Math.max(...sizes.map(size => {
      pen.font = `${weight} ${size}px '${family}'`;
      return Math.ceil(pen.measureText(c.repeat(20)).width / 20 / size * 1000);
    })));
  }
  return widths;
}"""


def face_rules(font: ShippedFont) -> str:
    """The upright faces as CSS that holds the files themselves."""
    return "".join(
        f"@font-face{{font-family:'{font.family}';font-weight:{font.weights[0]} {font.weights[1]};"
        f"unicode-range:{face.unicode_range};"
        f"src:url(data:font/woff2;base64,{base64.b64encode(face.path.read_bytes()).decode()})}}"
        for face in font.faces
        if face.style == "normal"
    )


def main() -> None:
    """Measures every typeface and writes the table."""
    widths: dict[str, dict[str, list[int]]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("COMPTOIR_CHROMIUM", "/usr/bin/chromium")
        )
        page = browser.new_page()
        page.set_content(f"<style>{''.join(map(face_rules, shipped_fonts()))}</style>")
        for font in shipped_fonts():
            widths[font.family] = page.evaluate(
                MEASURE,
                {"family": font.family, "weights": WEIGHTS, "sizes": SIZES, "characters": CHARACTERS},
            )
        browser.close()
    lines = [f' "characters": {json.dumps(CHARACTERS)}']
    for family, by_weight in sorted(widths.items()):
        rows = ",\n".join(
            f'  "{weight}": {json.dumps(row, separators=(",", ":"))}'
            for weight, row in sorted(by_weight.items())
        )
        lines.append(f' "{family}": {{\n{rows}\n }}')
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
