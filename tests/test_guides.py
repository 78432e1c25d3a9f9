"""The guides: their tables are those of the model, and both languages say as much as each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
import yaml

from comptoir.brand import pictogram_names
from comptoir.model.roles import FIELDS, Role

from .conftest import Golden

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"

COLUMNS: Final = 6
WORDS: Final = yaml.safe_load((Path(__file__).parent / "guides_words.yaml").read_text("utf-8"))
HEADS: Final = {
    "en": ("A row is {what}.", "field", "type", "what it holds", "needed"),
    "fr": ("Une ligne est {what}.", "champ", "type", "ce qu’il contient", "requis"),
}
BOTH_LANGUAGES: Final = ("measures", "moving-in", "reports", "sources")
ROLES: Final = re.compile(r"(<!-- roles -->\n).*?(<!-- /roles -->)", re.DOTALL)


def table_of(role: Role, language: str) -> str:
    """The fields of a role in a table, as a guide shows them."""
    sentence, *heads, needed = HEADS[language]
    lines = [f"### `{role}`", "", sentence.format(what=WORDS["rows"][role.value][language]), ""]
    if FIELDS[role]:
        lines += [f"| {' | '.join(heads)} |", "|---|---|---|"]
    for field in FIELDS[role]:
        kind = field.type.value if language == "en" else WORDS["types"][field.type.value]
        meaning = field.meaning if language == "en" else WORDS["meanings"][field.meaning]
        meaning += f"; **{needed}**" if field.required and language == "en" else ""
        meaning += f" ; **{needed}**" if field.required and language == "fr" else ""
        lines.append(f"| `{field.name}` | {kind} | {meaning} |")
    return "\n".join([*lines, "", ""])


@pytest.mark.parametrize(("guide", "language"), [("sources.md", "en"), ("sources.fr.md", "fr")])
def test_the_guide_of_sources_has_every_role_with_every_field(
    guide: str, language: str, golden: Golden
) -> None:
    """Run with --update-golden to write the tables anew between their two marks."""
    file = DOCS / "guides" / guide
    tables = "\n" + "".join(table_of(role, language) for role in Role)
    golden(ROLES.sub(lambda marks: f"{marks[1]}{tables}{marks[2]}", file.read_text("utf-8")), file)
    assert len(re.findall(r"^### `", tables, re.MULTILINE)) == len(Role)


def test_french_meanings_are_those_of_fields_that_there_are() -> None:
    assert set(WORDS["meanings"]) == {field.meaning for fields in FIELDS.values() for field in fields}


def parts_of(guide: Path) -> tuple[list[int], list[str], int]:
    """The levels of its headings, the languages of its blocks of code, and the number of its rows of tables."""
    text = guide.read_text("utf-8")
    blocks = re.findall(r"^```(\w*)\n.*?^```$", text, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```\w*\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]
    return headings, blocks, len(re.findall(r"^\|", prose, re.MULTILINE))


@pytest.mark.parametrize("name", BOTH_LANGUAGES)
def test_a_guide_says_as_much_in_both_languages(name: str) -> None:
    assert parts_of(DOCS / f"guides/{name}.md") == parts_of(DOCS / f"guides/{name}.fr.md")


def test_links_between_pages_of_documentation_lead_somewhere() -> None:
    """Each file that a page names exists, and has the heading that is named."""
    wrong = []
    for page in sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")]):
        text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s:]*)\)", re.sub(r"`[^`]*`", "", text)):
            file, _, anchor = target.partition("#")
            other = (page.parent / file).resolve() if file else page
            if not other.exists() or (anchor and anchor not in anchors_of(other)):
                wrong.append(f"{page.relative_to(ROOT)}: {target}")
    assert wrong == []


def anchors_of(page: Path) -> set[str]:
    """The anchors of the headings of a page, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(" ", "-")
        for heading in headings
    }


def test_the_page_of_pictograms_shows_those_that_ship(golden: Golden) -> None:
    names = sorted(pictogram_names())
    cells = [
        f'<img src="../../site_templates/brand/pictograms/{name}.svg" width="28" alt=""><br>`{name}`'
        for name in names
    ]
    cells += [""] * (-len(cells) % COLUMNS)
    rows = [" | ".join(cells[start : start + COLUMNS]) for start in range(0, len(cells), COLUMNS)]
    text = (
        "# Pictograms\n\n"
        f"The {len(names)} names that `pictogram:` accepts, besides the `.svg` files of `catalogue/pictograms/`. Their licence is beside them, in\n"
        "`site_templates/brand/pictograms/`.\n\n"
        f"| {' | '.join([' '] * COLUMNS)} |\n|{'---|' * COLUMNS}\n"
    )
    golden(text + "".join(f"| {row} |\n" for row in rows), DOCS / "reference/pictograms.md")


def test_the_files_that_the_architecture_names_exist() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8") + (DOCS.parent / "CONTRIBUTING.md").read_text(
        "utf-8"
    )
    package = DOCS.parent / "generator" / "comptoir"
    known = {path.relative_to(package).as_posix() for path in package.rglob("*.py")} | {
        path.name for path in package.rglob("*.py")
    }
    named = {
        name
        for name in re.findall(r"`([a-z_/]+\.py)`", text)
        if not name.startswith(("tests/", "generator/"))
    }
    assert named > {"build.py", "steps.py"}
    assert sorted(named - known) == []
