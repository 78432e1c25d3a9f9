"""A language that nobody speaks: the catalogue of messages in, the same with each word marked out, and the program with it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CODE = "eo"  # Babel knows its months and its lists; the program ships no words of it
MARK = "ø"
_KEPT = re.compile(r"%\(\w+\)s|%%|\{\w*\}|<[^>]*>|\]\([^)]*\)|&\w+;|\.\w+\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_AS_DATA = {"spaced": "plain", "d'er' MMMM y": "d MMMM y", "d MMMM y": "d MMMM y", "civility": "name"}


def marked(text: str) -> str:
    """`text` with a mark before each word; what is filled in later, tags and endings of files stay."""
    parts = _KEPT.split(text)
    kept = [*_KEPT.findall(text), ""]
    return "".join(_WORD.sub(MARK + r"\g<0>", part) + keep for part, keep in zip(parts, kept, strict=True))


def program_in_pseudo_language(folder: Path) -> Path:
    """A copy of the program in `folder` to which one file was added: the catalogue of messages. What to put on the path."""
    package = folder / "generator" / "comptoir"
    shutil.copytree(ROOT / "generator" / "comptoir", package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "site_templates").symlink_to(ROOT / "site_templates")
    with (package / "wording" / "locale" / "en" / "LC_MESSAGES" / "comptoir.po").open("rb") as stream:
        english = read_po(stream)
    pseudo = Catalog(locale=CODE)
    for message in english:
        if isinstance(message.id, tuple):
            pseudo.add(message.id, tuple(map(marked, message.id)), context=message.context)
        elif message.id:
            pseudo.add(message.id, _AS_DATA.get(message.id) or marked(message.id), context=message.context)
    place = package / "wording" / "locale" / CODE / "LC_MESSAGES" / "comptoir.po"
    place.parent.mkdir(parents=True)
    with place.open("wb") as stream:
        write_po(stream, pseudo)
    return folder / "generator"


_TEXTS = re.compile(r"\{fr: (?:[^{}]|\{[^{}]*\})*?, en: (?P<english>[^{}]*)\}")
_DEFINITION = """\
name: {fr: Satisfaction, en: Satisfaction}
summary: {fr: La note., en: The score.}
source: answers
kind: mean
value: score
by: [service]
unit: score-5
decimals: 1
direction: higher
target: [{value: 4}]
"""
_SOURCE = """\
name: {fr: Réponses, en: Answers}
files: [answers.csv]
role: surveys
columns:
  date: {column: day, type: day}
  service: {type: service}
  score: {type: number}
"""


def project_in_pseudo_language(folder: Path) -> Path:
    """A small project whose every text is in the pseudo-language, with a measured indicator."""
    shutil.copytree(ROOT / "tests" / "cases" / "base", folder)
    for place, text in (("definitions/score.yaml", _DEFINITION), ("sources/answers.yaml", _SOURCE)):
        file = folder / "indicators" / place
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    for file in folder.rglob("*.yaml"):
        text = file.read_text("utf-8")
        text = _TEXTS.sub(lambda match: f"{{{CODE}: {_quoted(match['english'])}}}", text)
        text = text.replace("languages: [fr, en]", f"languages: [{CODE}]")
        file.write_text(text, encoding="utf-8")
    rows = [
        f"{service},{1 + (day * 7 + quarter) % 5},2026-{month:02}-{day:02}\n"
        for quarter, month in enumerate((2, 5, 8))
        for service in ("mail", "wifi")
        for day in range(1, 25)
    ]
    data = folder / "indicators" / "data" / "answers.csv"
    data.parent.mkdir(parents=True)
    data.write_text("service,score,day\n" + "".join(rows), encoding="utf-8")
    return folder


def _quoted(text: str) -> str:
    return '"' + marked(text.strip("'\"")) + '"'
