"""Messages of the program in other languages: those of every bad case are told, and so is every message that the sources write out."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from comptoir.cli import main
from comptoir.wording import tell, told_languages
from comptoir.wording.problem_words import is_told

from ..conftest import CASES, MakeProject

PACKAGE = Path(__file__).parents[2] / "generator" / "comptoir"
MESSAGES = PACKAGE / "wording/locale/fr/LC_MESSAGES/problems.po"
TELLING = {"Problem", "warn", "fault_at", "PydanticCustomError", "Fault", "FileFault", "RecordFault"}
SAID = {"message", "hint"}
FOLDERS = ("model", "rules", "measure", "sources")
LINE = re.compile(r"\S.*?: (?:error|warning|notice): (.*) \[[a-z-]+\]")


def templates(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may give, with `{}` for what stands in them."""
    match node:
        case ast.Constant(value=str(text)):
            yield re.sub(r"\{\w+\}", "{}", text)
        case ast.JoinedStr(values=parts):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in parts)
        case ast.IfExp(body=body, orelse=other):
            yield from (*templates(body), *templates(other))


def messages() -> Iterator[str]:
    """Every message and hint that is written out where a problem is made, or just before."""
    for file in sorted(file for folder in FOLDERS for file in (PACKAGE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            said: list[ast.expr] = []
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELLING:
                said = [*node.args, *(keyword.value for keyword in node.keywords)]
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                said = [node.value] if node.targets[0].id in SAID else []
            yield from (text for one in said for text in templates(one) if re.search(r"[a-z] [a-z]", text))


def test_every_message_is_told_in_french() -> None:
    found = set(messages())
    assert len(found) > 350
    assert sorted(message for message in found if not is_told(message, "fr")) == [], (
        "add these to problems.po"
    )


def test_the_problems_of_every_bad_case_are_told_in_french() -> None:
    lines = [
        line for file in CASES.glob("bad/*/expected.txt") for line in file.read_text("utf-8").split("\n")
    ]
    said = [found[1] for line in lines if (found := LINE.fullmatch(line))]
    assert len(said) > 350
    silent = [text for text in said if all(tell(one, "fr") == one for one in beginnings(text))]
    assert sorted(set(silent)) == []


def beginnings(text: str) -> Iterator[str]:
    """The text, and what stands before each of its parentheses: a message may hold some, and have a hint behind."""
    yield from (text, *(text[: found.start()] for found in re.finditer(r" \(", text)))


def test_translations_have_the_places_of_their_message_and_are_written_once() -> None:
    with MESSAGES.open("rb") as stream:
        pairs = [(str(one.id), str(one.string)) for one in read_po(stream) if one.id]
    assert [message for message, text in pairs if not text] == []
    for message, text in pairs:
        places = re.findall(r"\{(\d*)\}", text)
        assert len(places) == message.count("{}"), message
        assert all(places) or not any(places), message


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("unknown key 'nom'", "clé inconnue : 'nom'"),
        ("unknown service 'wify' in 3 rows: counted in totals only", "inconnu (service) : 'wify' dans 3 lignes : compté dans les totaux seulement"),
        ("there is no column 'not known here' for the field 'rows'", "il n'y a pas de colonne 'not known here' pour le champ 'rows'"),
        ("what nobody foresaw", "what nobody foresaw"),
        ("", ""),
    ],
)  # fmt: skip
def test_values_in_quotation_marks_stay_and_others_are_told_in_turn(english: str, french: str) -> None:
    assert tell(english, "fr") == french
    assert tell(english, "en") == english


def test_languages() -> None:
    assert told_languages() == ("en", "fr")


def test_check_speaks_the_language_asked_for_else_that_of_the_project(
    make_project: MakeProject, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = str(make_project(CASES / "bad" / "references"))
    arguments = ["check", project, "--no-data", "--today", "2026-10-15"]
    monkeypatch.delenv("COMPTOIR_LANGUAGE")

    def said(*more: str) -> str:
        assert main([*arguments, *more]) == 1
        return capsys.readouterr().out

    assert "erreur: le service 'mail' est lié à lui-même [reference]" in said()
    assert "erreurs dans 5 fichiers." in said("--language", "fr")
    assert "error: the service 'mail' is related to itself [reference]" in said("--language", "en")
    monkeypatch.setenv("COMPTOIR_LANGUAGE", "en")
    assert "errors in 5 files." in said()
    found = json.loads(said("--language", "fr", "--format", "json"))
    one = next(problem for problem in found["problems"] if "itself" in problem["message"])
    assert (one["rule"], one["message"], one["told"]) == (
        "reference",
        "the service 'mail' is related to itself",
        "le service 'mail' est lié à lui-même",
    )
    assert "told" not in json.loads(said("--format", "json"))["problems"][0]
