"""A folder in, its documents and pictures out: never outside the folder, whatever it holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comptoir.model.catalogue import PLACES
from comptoir.sources.project import ProjectFiles, read_project

from ..conftest import MakeProject


def read(project: Path) -> tuple[ProjectFiles, list[str]]:
    files, problems = read_project(project, PLACES)
    return files, [str(problem) for problem in problems]


def test_the_base_case(make_project: MakeProject) -> None:
    files, problems = read(make_project())
    assert problems == []
    assert set(files.documents) == files.declared
    assert "catalogue/services/mail.yaml" in files.declared
    assert list(files.assets) == ["catalogue/brand/logo.svg"]
    assert files.svgs["catalogue/brand/logo.svg"].startswith(b"<svg")


def test_a_file_of_fifty_megabytes(make_project: MakeProject) -> None:
    project = make_project()
    for name in ("catalogue/services/huge.yaml", "catalogue/documents/huge.pdf", "catalogue/brand/huge.svg"):
        path = project / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as stream:
            stream.truncate(50_000_000)
    files, problems = read(project)
    assert problems == [
        "catalogue/brand/huge.svg:1:1: error: the file holds 50.0 MB; the limit is 0.3 MB [file-size]",
        "catalogue/documents/huge.pdf:1:1: error: the file holds 50.0 MB; the limit is 20.0 MB [file-size]",
        "catalogue/services/huge.yaml:1:1: error: the file holds 50.0 MB; the limit is 1 MB [file-size]",
    ]
    assert "catalogue/services/huge.yaml" in files.declared
    assert "catalogue/services/huge.yaml" not in files.documents
    assert list(files.assets) == ["catalogue/brand/logo.svg"]


def test_links_that_lead_outside(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: secret\n", encoding="utf-8")
    (project / "catalogue/services/linked.yaml").symlink_to(secret)
    (project / "catalogue/services/hosts.yaml").symlink_to("/etc/hosts")
    (project / "catalogue/documents").symlink_to(tmp_path, target_is_directory=True)
    (project / "catalogue/services/turning.yaml").symlink_to("turning.yaml")
    (project / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (project / "catalogue/services/inside.yaml").symlink_to(project / "mkdocs.yml")
    (project / "catalogue/services/lost.yaml").symlink_to("nowhere.yaml")
    files, problems = read(project)
    assert sorted(problems) == [
        "catalogue/documents:1:1: error: a linked folder is not followed [outside-project]",
        "catalogue/services/hosts.yaml:1:1: error: this link leads outside the content of the project [outside-project]",
        "catalogue/services/inside.yaml:1:1: error: this link leads outside the content of the project [outside-project]",
        "catalogue/services/linked.yaml:1:1: error: this link leads outside the content of the project [outside-project]",
        "catalogue/services/lost.yaml:1:1: error: this link leads to nothing [outside-project]",
        "catalogue/services/turning.yaml:1:1: error: this link leads to nothing [outside-project]",
    ]
    assert not any("secret" in repr(document.root) for document in files.documents.values())


def test_content_folders_that_are_links(tmp_path: Path, make_project: MakeProject) -> None:
    project = make_project()
    (project / "segments").rename(tmp_path / "elsewhere")
    (project / "segments").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    files, problems = read(project)
    assert problems == ["segments:1:1: error: a linked folder is not followed [outside-project]"]
    assert not any(file.startswith("segments") for file in files.declared)


def test_a_link_within_the_project_is_followed(make_project: MakeProject) -> None:
    project = make_project()
    (project / "catalogue/services/same.yaml").symlink_to("mail.yaml")
    files, problems = read(project)
    assert problems == []
    assert "catalogue/services/same.yaml" in files.documents


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"new\nline.yaml", "new\\nline.yaml"),
        (b"\x1b[31mred.yaml", "\\x1b[31mred.yaml"),
        (b"latin-\xe9.yaml", "latin-?.yaml"),
        (b"-rf.yaml", "-rf.yaml"),
        ("é\u202e.yaml".encode(), "é\\u202e.yaml"),
        (b"a b'\"$(x).yaml", "a b'\"$(x).yaml"),
    ],
)
def test_odd_names_are_read_and_shown_on_one_line(make_project: MakeProject, name: bytes, shown: str) -> None:
    project = make_project()
    path = os.path.join(os.fsencode(project), b"catalogue/services", name)  # noqa: PTH118 - bytes
    with open(path, "wb") as stream:  # noqa: PTH123 - bytes
        stream.write(b"[")
    files, problems = read(project)
    assert f"catalogue/services/{shown}" in files.declared
    assert [problem.partition(": error")[0] for problem in problems] == [f"catalogue/services/{shown}:1:2"]


def test_hidden_files_are_left_alone(make_project: MakeProject) -> None:
    project = make_project()
    (project / "catalogue/services/.mail.yaml.swp").write_bytes(b"\xff")
    (project / "catalogue/.git").mkdir()
    (project / "catalogue/.git/x.yaml").write_bytes(b"[")
    assert read(project)[1] == []


def test_what_is_no_file_is_told_and_never_opened(make_project: MakeProject) -> None:
    project = make_project()
    os.mkfifo(project / "catalogue/services/pipe.yaml")
    os.mkfifo(project / "catalogue/brand/pipe.png")
    (project / "catalogue/services/folder.yaml").mkdir()
    (project / "catalogue/services/LOUD.YAML").write_text("name: x")
    (project / "indicators").mkdir()
    (project / "indicators/definitions").write_text("")
    (project / "site_templates/pages/home.md.j2").mkdir(parents=True)
    files, problems = read(project)
    assert sorted(problems) == [
        "catalogue/brand/pipe.png:1:1: error: what is no ordinary file stands where a file belongs [no-file]",
        "catalogue/services/LOUD.YAML:1:1: error: YAML files end with .yaml here (rename it catalogue/services/LOUD.yaml) [file-name]",
        "catalogue/services/folder.yaml:1:1: error: a folder stands where a file belongs [no-file]",
        "catalogue/services/pipe.yaml:1:1: error: what is no ordinary file stands where a file belongs [no-file]",
        "indicators/definitions:1:1: error: a file stands where a folder belongs [no-folder]",
        "site_templates/pages/home.md.j2:1:1: error: a folder stands where a file belongs [no-file]",
    ]
    assert "catalogue/services/pipe.yaml" not in files.declared


def test_a_file_in_the_place_of_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "catalogue").write_text("name: x")
    assert read(tmp_path)[1][0] == ("catalogue:1:1: error: a file stands where a folder belongs [no-folder]")


def test_templates_come_from_the_project(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    secret = tmp_path / "secret"
    secret.write_text("root:x")
    (project / "site_templates/theme/assets").mkdir(parents=True)
    (project / "site_templates/theme/assets/x.txt").symlink_to(secret)
    (project / "site_templates/pages").symlink_to(tmp_path)
    assert sorted(read(project)[1]) == [
        "site_templates/pages:1:1: error: a linked folder is not followed [outside-project]",
        "site_templates/theme/assets/x.txt:1:1: error: this link leads outside its folder [outside-project]",
    ]


def test_a_file_that_may_not_be_read(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project()

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    files, problems = read(project)
    assert files.documents == {}
    for file in ("catalogue/services/mail.yaml", "catalogue/brand/logo.svg"):
        assert f"{file}:1:1: error: the file cannot be read: Permission denied [unreadable]" in problems


def test_folders_with_names_like_those_of_pictures_hold_no_pictures(make_project: MakeProject) -> None:
    project = make_project()
    (project / "catalogue/branding").mkdir()
    (project / "catalogue/branding/secret.txt").write_text("x", encoding="utf-8")
    files, problems = read(project)
    assert list(files.assets) == ["catalogue/brand/logo.svg"]
    assert problems == []


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_no_content(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    _, problems = read(tmp_path / folder)
    assert problems == [
        "catalogue:1:1: error: no content here: a project has the folders catalogue/, segments/ and indicators/ "
        "(comptoir init makes a first one) [no-content]"
    ]
