"""After any edit a build gives the very site that a build from nothing gives: what is kept is what did not change."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from comptoir.publish import engine
from comptoir.publish.engine import Engine, Job, run_engine
from comptoir.publish.stage import Content, read_tree
from tests.build.commands import build, built
from tests.build.test_results import KEYS
from tests.conftest import MakeProject
from tests.edits import CONTENT, edit_at_random

CONFIGURATION = "site_name: A site\ntheme: {name: material, font: false}\nplugins: [search]\nnav: [{Home: index.md}, {All: b/index.md}]\n"
PAGES: dict[str, Content] = {
    "index.md": "---\ntitle: Home\n---\n<p>Hello</p>\n",
    "b/index.md": "---\ntitle: All of b\n---\n<p>One</p>\n",
    "b/one.md": "---\ntitle: One\ntags: [uno]\n---\n<p>The first</p>\n",
    "b/two.md": "---\ntitle: Two\n---\n<p>The second</p><!--printed 00000000000000000000000000000000-->\n",
    "data.csv": b"a,b\n1,2\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_build_after_random_edits_gives_what_one_from_nothing_gives(
    make_project: MakeProject, tmp_path: Path, seed: int
) -> None:
    project, chance = make_project(keys=KEYS), Random(seed)
    built(project, "--only", "site")
    for number in range(2):
        done = [edit_at_random(project, chance) for _ in range(3)]
        result = build(project, "--only", "site")
        assert result.returncode == 0, (done, result.stderr)
        fresh = tmp_path / f"fresh-{number}"
        for name in (*CONTENT, "site_templates"):
            if (project / name).exists():
                shutil.copytree(project / name, fresh / name)
        assert built(fresh, "--only", "site") == read_tree(project / "site"), done


class Counted:
    """The engine, and which pages it was given each time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.given: list[list[str]] = []
        call = engine._call

        def counted(job: Job, with_engine: Engine, epoch: int) -> None:
            self.given.append(sorted(name for name, content in job.docs.items() if content))
            call(job, with_engine, epoch)

        monkeypatch.setattr(engine, "_call", counted)


def run(folder: Path, docs: dict[str, Content], configuration: str = CONFIGURATION) -> dict[str, bytes]:
    [job] = run_engine([Job(folder, docs, {}, configuration)], Engine.MKDOCS, 1, 0)
    return read_tree(job.ready)


def test_the_engine_is_given_the_pages_that_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    run(tmp_path / "kept", PAGES)
    assert counted.given.pop() == sorted(PAGES)
    for changed in (
        {"b/one.md": "---\ntitle: Number one\ntags: [eins]\n---\n<p>Other words</p>\n"},
        {"index.md": "---\ntitle: Start\n---\n<p>Good day</p>\n", "data.csv": b"a,b\n3,4\n"},
        {"b/one.md": "---\ntitle: One\nsearch: {exclude: true}\n---\n<p>Not to be found</p>\n"},
    ):
        docs = {**PAGES, **changed}
        made = run(tmp_path / "kept", docs)
        given = counted.given.pop()
        assert {name for name in changed if name.endswith(".md")} <= {*given} < {*PAGES}
        assert made == run(tmp_path / "fresh", docs)
        shutil.rmtree(tmp_path / "fresh")


def test_everything_is_made_again_where_pages_come_and_go_or_the_configuration_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "kept", PAGES)
    counted = Counted(monkeypatch)
    more: dict[str, Content] = {**PAGES, "b/three.md": "---\ntitle: Three\n---\n<p>The third</p>\n"}
    for docs, configuration in (
        (more, CONFIGURATION),
        (PAGES, CONFIGURATION),
        (PAGES, CONFIGURATION.replace("A site", "Another")),
    ):
        run(tmp_path / "kept", docs, configuration)
        assert counted.given.pop() == sorted(docs)


def test_data_alone_need_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path / "kept", PAGES)
    counted = Counted(monkeypatch)
    made = run(tmp_path / "kept", {**PAGES, "data.csv": b"changed"})
    assert (made["data.csv"], counted.given) == (b"changed", [])
