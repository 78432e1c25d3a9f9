"""Interface strings: every one that templates and code use is translated, and no translation is idle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from comptoir.content.labels import LABELS
from comptoir.model import terms
from comptoir.resources import templates_folder

PACKAGE = Path(__file__).parents[2] / "generator" / "comptoir"
CATALOGUES = sorted(PACKAGE.glob("wording/locale/*/LC_MESSAGES/comptoir.po"))
KEYWORDS = {
    "_": None,
    "N_": None,
    "say": None,
    "gettext": None,
    "NN_": (1, 2),
    "ngettext": (1, 2),
    "count": (2, 3),
    "NP_": ((1, "c"), 2),
}
NOT_LABELLED = (
    terms.Unit,
    terms.Circle,
    terms.PosterSize,
    terms.LetterWindow,
    terms.Customers,  # the settings of loyalty choose by these; pages say what follows from them
    terms.Weight,
    terms.Crossing,
    terms.FollowedBy,
    terms.SignalKind,
    terms.Direction,
    terms.OverTime,
    terms.Counts,
    terms.PrintKind,
    terms.Misfits,
    terms.FieldOwner,
    terms.OwnFieldType,
    terms.FieldPlace,
)


def used() -> set[object]:
    options = {"**.j2": {"silent": "false"}}
    found = [
        *extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS),
        *extract_from_dir(templates_folder() / "pages", [("**.j2", "jinja2")], options, keywords=KEYWORDS),
    ]
    return {(context, message) for _, _, message, _, context in found} | set(within_strings())


def within_strings() -> Iterator[tuple[None, str]]:
    """What code says within f-strings, which older versions of Python show as one piece of text."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in {"_", "say", "gettext"} and isinstance(node.args[0].value, str):
                    yield None, node.args[0].value


def translated(catalogue: Path) -> Iterator[tuple[object, object]]:
    with catalogue.open("rb") as stream:
        yield from (
            ((message.context, message.id), message.string) for message in read_po(stream) if message.id
        )


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda file: file.parts[-3])
def test_every_string_is_translated_and_none_is_idle(catalogue: Path) -> None:
    known = {message for message, _ in translated(catalogue)}
    assert sorted(map(str, used() - known)) == [], "add these to comptoir.po"
    assert sorted(map(str, known - used())) == [], "remove these from comptoir.po"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda file: file.parts[-3])
def test_translations_are_whole(catalogue: Path) -> None:
    def fields(text: str) -> list[str]:
        return sorted(set(re.findall(r"%\(\w+\)s|\{\w*\}", text)))

    for (_, message), string in translated(catalogue):
        originals = message if isinstance(message, tuple) else (message,)
        strings = string if isinstance(string, tuple) else (string,)
        for original, text in zip_longest(originals, strings, fillvalue=originals[-1]):
            assert text and fields(str(original)) == fields(str(text)), original


def test_every_word_of_the_vocabularies_has_its_label() -> None:
    vocabularies = [
        value
        for value in vars(terms).values()
        if isinstance(value, type) and issubclass(value, terms.StrEnum) and value is not terms.StrEnum
    ]
    missing = [
        word
        for vocabulary in vocabularies
        if vocabulary not in NOT_LABELLED
        for word in vocabulary
        if word not in LABELS
    ]
    assert missing == []
    assert all(LABELS.values())
