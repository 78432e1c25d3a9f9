"""A build as a whole: complete or not at all, only where it may write, only for whom it is meant, only when needed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from comptoir.publish.stage import read_tree
from tests.build.commands import build, built, comptoir
from tests.conftest import MakeProject

pytestmark = pytest.mark.slow

BROKEN_TEMPLATE = '<a href="nowhere/">A link that leads nowhere</a>'
CLIENT = "Zygomatique"
ACTION = "Ornithorynque"
SECRETS = {
    f"segments/clients/{CLIENT.lower()}.yaml": {
        "name": f"Laboratoire {CLIENT}",
        "segment": "researchers",
        "agreements": ["sla-standard"],
        "qualification": {"fr": f"{CLIENT}, exigeant.", "en": f"{CLIENT}, demanding."},
    },
    "segments/actions.yaml": yaml.safe_dump(
        [
            {
                "id": ACTION.lower(),
                "name": {"fr": f"Projet {ACTION}", "en": f"{ACTION} project"},
                "lever": "relationship",
                "status": "planned",
                "owner": {"fr": "Direction", "en": "Management"},
                "due": "2026-12-01",
                "expected_effect": {"fr": f"{ACTION} réussi.", "en": f"{ACTION} done."},
                "segments": ["researchers"],
            }
        ]
    ),
}


def tree_without(project: Path, *folders: str) -> dict[str, bytes]:
    """The files of a project but those below `folders`."""
    return {name: data for name, data in read_tree(project).items() if name.split("/")[0] not in folders}


def test_a_failed_build_leaves_the_previous_site(make_project: MakeProject) -> None:
    project = make_project()
    before = built(project)
    template = project / "site_templates" / "pages" / "about.md.j2"
    template.parent.mkdir(parents=True)
    for text, code, words in (
        (BROKEN_TEMPLATE, 3, "about/index.html: leads nowhere: nowhere/"),
        ("{{ page.no_such_word }}", 3, "about.md.j2"),
        ("{% if %}", 3, "about.md.j2"),
    ):
        template.write_text(text)
        result = build(project)
        assert (result.returncode, result.stdout) == (code, "")
        assert words in result.stderr
        assert "Traceback" not in result.stderr
        assert read_tree(project / "site") == before
        assert [path.name for path in project.iterdir() if path.name.startswith(".")] == []
    template.unlink()
    assert built(project) == before


def test_problems_in_the_content_write_nothing(make_project: MakeProject) -> None:
    project = make_project(keys={"catalogue/services/mail.yaml": {"family": "workplaces"}})
    before = read_tree(project)
    result = build(project)
    assert (result.returncode, result.stdout) == (1, "")
    assert "catalogue/services/mail.yaml:4:9: error: unknown family" in result.stderr
    assert "Nothing was published; the previous site is as it was." in result.stderr
    assert read_tree(project) == before


def test_only_the_output_and_build_folders_are_written(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    before = read_tree(project)
    assert comptoir("check", project, "--today", "2026-10-15").returncode == 0
    assert read_tree(project) == before
    out = tmp_path / "published" / "catalogue"
    out.parent.mkdir()
    assert build(project, "--out", out).returncode == 0
    assert tree_without(project, "build") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "published"]
    assert [path.name for path in out.parent.iterdir()] == ["catalogue"]
    assert (out / "index.html").is_file()


def test_somebodys_folder_is_refused(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("three years of work")
    for out in (theirs, project, project / "catalogue", tmp_path, theirs / "thesis.txt"):
        before = read_tree(tmp_path)
        result = build(project, "--out", out)
        assert (result.returncode, result.stdout) == (3, "")
        assert result.stderr.startswith(f"comptoir: {out} ")
        assert read_tree(tmp_path) == before


def test_a_place_that_cannot_be_written(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    (tmp_path / "file").write_text("not a folder")
    result = build(project, "--out", tmp_path / "file" / "site")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith("comptoir: ") and "Traceback" not in result.stderr
    assert (tmp_path / "file").read_text() == "not a folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    result = build(project, "--out", closed / "site")
    assert result.returncode == 3
    assert "Permission denied" in result.stderr and "Traceback" not in result.stderr


def test_each_audience_sees_what_is_meant_for_it(make_project: MakeProject) -> None:
    project = make_project(keys=SECRETS)
    seen = {audience: built(project, "--audience", audience) for audience in ("management", "employees")}
    hits = {
        (audience, secret): naming(secret, files)
        for audience, files in seen.items()
        for secret in (CLIENT, ACTION)
    }
    assert hits["employees", CLIENT] == hits["employees", ACTION] == []
    assert {"segments/researchers/index.html", "en/segments/researchers/index.html"} <= {
        *hits["management", CLIENT]
    }
    assert built(project) == seen["employees"], "the widest audience is the default"


def naming(secret: str, files: dict[str, bytes]) -> list[str]:
    """The files of a site that hold a word, in their name or anywhere within: pages, search index, data."""
    return sorted(
        name
        for name, data in files.items()
        if secret.lower() in f"{name} {data.decode('utf-8', 'ignore')}".lower()
    )


def test_an_unknown_audience(make_project: MakeProject) -> None:
    project = make_project()
    before = read_tree(project)
    result = build(project, "--audience", "managment")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == "comptoir: there is no audience 'managment' (did you mean 'management'?)\n"
    assert read_tree(project) == before


def test_wrong_usage(make_project: MakeProject) -> None:
    project = make_project()
    for arguments in (["--jobs", "0"], ["--jobs", "many"], ["--today", "yesterday"], ["--engine", "hugo"]):
        result = comptoir("build", project, *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert "usage: comptoir build" in result.stderr
    assert comptoir("build", project / "nowhere").returncode == 2
    assert not (project / "site").exists()


def test_what_did_not_change_is_not_built_again(make_project: MakeProject) -> None:
    project = make_project()
    first = built(project)
    made = {language: project / "build" / language / "site" / "index.html" for language in ("fr", "en")}
    times = {language: path.stat().st_mtime_ns for language, path in made.items()}
    assert built(project, "--jobs", "1") == first
    assert {language: path.stat().st_mtime_ns for language, path in made.items()} == times
    service = project / "catalogue" / "services" / "mail.yaml"
    service.write_text(service.read_text("utf-8").replace("Votre courrier", "Vos lettres"), "utf-8")
    second = built(project)
    assert made["en"].stat().st_mtime_ns == times["en"], "English pages did not change"
    assert made["fr"].stat().st_mtime_ns > times["fr"]
    assert "Vos lettres et votre agenda." in second["services/mail/index.html"].decode()


def test_a_build_cut_off_is_made_good(make_project: MakeProject) -> None:
    """What a killed build leaves behind (half a site, no key, a swap between its two renames) does no harm."""
    project = make_project()
    first = built(project)
    (project / "build" / "fr" / "site.key").unlink()
    (project / "build" / "fr" / "site" / "index.html").write_text("half a page")
    room = project / ".site.new-abcd1234"
    (room / "new").mkdir(parents=True)
    (project / "site").rename(room / "previous")
    assert built(project) == first
    assert not room.exists()


def test_a_site_is_kept_when_nothing_changed(make_project: MakeProject) -> None:
    """Not even the engine's output is looked at; a site that was touched, and another day, are other matters."""
    project = make_project()
    first = build(project)
    site, made = read_tree(project / "site"), project / "site" / "index.html"
    time = made.stat().st_mtime_ns
    again = build(project)
    assert (again.returncode, again.stdout, again.stderr) == (0, first.stdout, first.stderr)
    assert made.stat().st_mtime_ns == time
    made.write_text("Touched")
    assert built(project) == site
    assert made.stat().st_mtime_ns > time
    time = made.stat().st_mtime_ns
    assert comptoir("build", project, "--today", "2026-10-16").returncode == 0
    assert made.stat().st_mtime_ns > time
