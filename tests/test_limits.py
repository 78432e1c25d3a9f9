"""What templates of a project take is bounded: in a worker, which stops or ends; the main process is left alone."""

from __future__ import annotations

import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest
import typst

from comptoir import limits
from comptoir.templates import PageError, template_environment, write_page
from comptoir.wording import language
from comptoir.workers import Workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory hold on Linux")

LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
DOUBLING = (
    '{% set n = namespace(x="abcdefghij") %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}'
)
POWER = "{{ (9 ** (9 ** 9)) % 7 }}"  # the library does not heed a signal before it has counted
LAYOUT = "#for a in range(100000) { for b in range(100000) { } }"


def render(folder: str, text: str) -> str:
    """In a worker, with little time."""
    limits.SECONDS, limits.GRACE, limits.BYTES = 1, 1, 400_000_000  # type: ignore[misc]
    Path(folder, "x.md.j2").write_text(text)
    return limits.within_limits(
        write_page, template_environment([Path(folder)], language("fr")), "x.md.j2", None
    )


def typeset(folder: str, text: str) -> int:
    limits.SECONDS, limits.GRACE, limits.BYTES = 1, 1, 400_000_000  # type: ignore[misc]
    Path(folder, "x.typ").write_text(text)
    return len(limits.within_limits(typst.compile, f"{folder}/x.typ"))


@pytest.fixture
def worker(tmp_path: Path) -> Any:
    with Workers(1, tmp_path) as one:
        yield one


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LOOP, "x.md.j2:1: this takes more than"),
        (DOUBLING, "x.md.j2:1: it takes more memory than a template may"),
    ],
)
def test_a_template_is_stopped_at_its_line(worker: Workers, tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(PageError, match=words):
        worker.submit(render, str(tmp_path), text).result()
    assert worker.submit(render, str(tmp_path), "fine").result() == "fine", "the next is not the worse for it"


@pytest.mark.parametrize(("do", "text"), [(render, POWER), (typeset, LAYOUT)])
def test_what_heeds_nothing_is_ended(worker: Workers, tmp_path: Path, do: Any, text: str) -> None:
    with pytest.raises((BrokenExecutor, limits.LimitError, MemoryError)):
        worker.submit(do, str(tmp_path), text).result()


def test_the_main_process_is_not_limited() -> None:
    before = limits._bytes_held()
    with limits.limits():
        assert len(bytearray(50_000_000)) == 50_000_000
    assert before > 0
