"""The annex of a report: the commands of each chapter lead to what they explain, and the command knows them."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from comptoir.cli import make_parser
from comptoir.content.report.annex import AnnexPart, annex_commands, annex_files
from comptoir.content.report.chapters import chapters_of
from comptoir.explain.registry import TOPIC_BY_NAME, TOPICS, name_of
from comptoir.measure.types import EVERYTHING, Scope

from .test_loyalty_sections import context, demonstration


def parts(code: str, scope: Scope = EVERYTHING) -> tuple[AnnexPart, ...]:
    report = context(*demonstration(), code, scope)
    report = replace(report, is_account=scope != EVERYTHING)  # what is handed names no command of ours
    return annex_commands(report, chapters_of(report))


def test_each_chapter_names_its_commands_once() -> None:
    found = {part.name: [line.command for line in part.lines] for part in parts("en")}
    assert found["The essentials"] == [
        "comptoir explain results --quarter 2026-Q3",
        "comptoir explain facts --quarter 2026-Q3",
    ]
    assert list(found)[1:] == ["1. Identify", "2. Adapt", "3. Prioritise", "4. Check", "5. Improve"]
    assert "comptoir explain abc --quarter 2026-Q3" in found["1. Identify"]
    assert found["2. Adapt"] == ["comptoir explain catalogue --quarter 2026-Q3"]
    for commands in found.values():
        assert len(set(commands)) == len(commands)


def test_every_topic_is_named_in_the_report_of_the_demonstration() -> None:
    named = {shlex.split(line.command)[2] for part in parts("fr") for line in part.lines}
    assert named == {topic.name for topic in TOPICS}


@pytest.mark.parametrize("scope", [Scope(segment="researchers"), Scope(client="lab-geomatics")], ids=str)
def test_the_commands_of_a_part_are_narrowed_to_it_and_allowed(scope: Scope) -> None:
    option, name = ("--segment", scope.segment) if scope.segment else ("--client", scope.client)
    lines = [line for part in parts("en", scope) for line in part.lines]
    assert len(lines) > 8
    for line in lines:
        assert line.command.endswith(f" {option} {name}")
        arguments = make_parser().parse_args(shlex.split(line.command)[1:])
        assert option.removeprefix("--") in TOPIC_BY_NAME[arguments.name].narrows, line.command


def test_a_section_without_a_command_shows_no_number() -> None:
    report = context(*demonstration(), "en")
    chapters = chapters_of(report)
    named = {
        section.url.anchor
        for part in annex_commands(report, chapters)
        for line in part.lines
        for section in line.sections
    }
    left = [section.id for chapter in chapters for section in chapter.sections if section.id not in named]
    assert left == ["offers"]


def test_an_analysis_that_shares_its_name_with_an_indicator_is_called_in_full() -> None:
    assert name_of(TOPIC_BY_NAME["abc"], ["nps"]) == "abc"
    assert name_of(TOPIC_BY_NAME["abc"], ["abc"]) == "report:abc"


def test_files_that_only_the_loyalty_analyses_read_are_named_too() -> None:
    catalogue, results = demonstration()
    whole = {file.path: file.rows for file in annex_files(context(catalogue, results))}
    assert whole["accounts.csv"] == "42 lignes"
    own = annex_files(context(catalogue, results, scope=Scope(client="lab-geomatics")))
    assert "accounts.csv" not in {file.path for file in own}
    assert {file.rows for file in own} == {""}, "rows of a whole file are the total of all clients"
