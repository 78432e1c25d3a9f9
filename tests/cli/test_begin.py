"""`init`, `new` and `schema` as one types them: what is written, what is said, what is refused."""

from pathlib import Path

import pytest

from comptoir.cli import main
from comptoir.scaffold.editor import editor_schemas

DAY = ("--today", "2026-10-15")


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "mine"
    assert main(["init", str(folder), "--language", "fr,en", "--name", "Institut", *DAY]) == 0
    capsys.readouterr()
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_init_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    assert main(["init", str(folder), *DAY]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{len(tree(folder))} files written into {folder}. Next:\n")
    assert f"  comptoir build {folder}   publishes it into site/\n" in said
    assert main(["check", str(folder), *DAY]) == 0
    assert capsys.readouterr().out == "No problems.\n"


def test_init_leaves_what_exists(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "mkdocs.yml").write_text("mine")
    before = tree(project)
    assert main(["init", str(project), *DAY]) == 2
    assert (
        capsys.readouterr().err
        == f"comptoir: {project / '.gitignore'} is already there; nothing was written\n"
    )
    assert tree(project) == before


def test_init_fills_a_folder_that_holds_other_things(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("mine")
    assert main(["init", str(tmp_path), *DAY]) == 0
    assert (tmp_path / "LICENSE").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--language", "de"), "'de' is not a language of Comptoir (fr, en)"),
        (("--language", ""), "'' is not a language of Comptoir (fr, en)"),
        (("--name", "x" * 49), "the name has 49 characters; 48 fit in its place"),
        (("--name", "  "), "the name is empty or holds unprintable characters"),
        (("--today", "tomorrow"), "'tomorrow' is not a date such as 2026-10-31"),
    ],
)
def test_init_refuses_wrong_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path / "mine"), *arguments])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()


def test_new_writes_one_file_and_says_where(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(project)
    assert main(["new", "service", "web-hosting", "--project", str(project), *DAY]) == 0
    assert capsys.readouterr().out == "catalogue/services/web-hosting.yaml\n"
    assert set(tree(project)) - set(before) == {"catalogue/services/web-hosting.yaml"}
    assert main(["check", str(project), *DAY]) == 0


def test_new_report_writes_a_file_for_each_language(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "report", "2026-Q4", "--project", str(project), *DAY]) == 0
    written = capsys.readouterr().out.splitlines()
    assert written[0] == "indicators/reports/2026-Q4.md" and all(
        (project / name).is_file() for name in written
    )
    assert main(["check", str(project), *DAY]) == 0


@pytest.mark.parametrize(
    ("kind", "identifier", "message"),
    [
        (
            "service",
            "Accès Wi-Fi",
            "'Accès Wi-Fi' is not an identifier (lower-case letters, digits and single hyphens, 60 characters at "
            "most); write 'acces-wi-fi'",
        ),
        (
            "news",
            "../x",
            "'../x' is not an identifier (lower-case letters, digits and single hyphens, 60 characters at most); "
            "write 'x'",
        ),
        (
            "news",
            "!",
            "'!' is not an identifier (lower-case letters, digits and single hyphens, 60 characters at most)",
        ),
        ("service", "wifi", "catalogue/services/wifi.yaml is already there; nothing was written"),
        (
            "report",
            "2026-T4",
            "expected a period such as '2026-09', '2026-Q3', '2026-H1', '2026', 'FY2026', '2025-10..2026-09' or '12m..2026-09', not '2026-T4' (did you mean '2026-Q4'?)",
        ),
    ],
)
def test_new_refuses(
    project: Path, capsys: pytest.CaptureFixture[str], kind: str, identifier: str, message: str
) -> None:
    before = tree(project)
    assert main(["new", kind, identifier, "--project", str(project), *DAY]) == 2
    assert capsys.readouterr().err == f"comptoir: {message}\n"
    assert tree(project) == before


def test_new_says_what_must_come_first(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (project / "catalogue" / "families").iterdir():
        path.unlink()
    assert main(["new", "service", "x", "--project", str(project), *DAY]) == 1
    message = "a service needs a family, and this project has none; 'comptoir new family ID' makes one"
    assert capsys.readouterr().err == f"comptoir: {message}\n"


def test_new_needs_an_organisation_that_can_be_read(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "catalogue" / "organisation.yaml").write_text("name: [")
    assert main(["new", "news", "x", "--project", str(project), *DAY]) == 1
    message = "catalogue/organisation.yaml cannot be read; 'comptoir check' tells why"
    assert capsys.readouterr().err == f"comptoir: {message}\n"


def test_new_knows_the_kinds_that_have_a_file_each(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["new", "need", "x", "--project", str(project)])
    assert ended.value.code == 2
    assert "invalid choice: 'need'" in capsys.readouterr().err


def test_new_outside_a_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "news", "x", "--project", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err == f"comptoir: there is no folder '{tmp_path / 'nowhere'}'\n"


def test_schema_renews_its_own_files_only(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(project)
    (project / ".vscode/schemas/service.schema.json").write_text("old")
    (project / ".vscode/schemas/mine.json").write_text("mine")
    monkeypatch.chdir(project)
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == f"{len(editor_schemas())} schemas written into .vscode/schemas\n"
    assert tree(project) == before | {".vscode/schemas/mine.json": b"mine"}


def test_the_name_of_a_list_of_pages_is_taken(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "service", "index", "--project", str(project), *DAY]) == 2
    assert capsys.readouterr().err == (
        "comptoir: 'index' is the name of the page that lists them all: choose another identifier\n"
    )
    assert not (project / "catalogue/services/index.yaml").exists()


def test_init_beneath_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine")
    assert main(["init", str(tmp_path / "file"), *DAY]) == 2
    assert capsys.readouterr().err == (
        f"comptoir: {tmp_path / 'file'} is a file, where a folder belongs; nothing was written\n"
    )


def test_init_tells_what_can_be_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my catalogue"
    assert main(["init", str(folder), *DAY]) == 0
    assert f"  comptoir check '{folder}'   finds what is wrong\n" in capsys.readouterr().out
