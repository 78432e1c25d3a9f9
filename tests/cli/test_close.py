"""`close` as one types it: what is written, what is said, what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import MakeProject

from comptoir.cli import main

DAY = ("--today", "2026-10-15")
SOURCE = {
    "role": "requests",
    "name": {"fr": "Demandes", "en": "Requests"},
    "files": ["t.csv"],
    "columns": {"opened": {}, "service": {}},
}
FILE = "indicators/closed/2026-Q3.json"


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make_project(
        keys={
            "indicators/sources/tickets.yaml": SOURCE,
            "indicators/definitions/request-volume.yaml": {"use": "request-volume", "by": []},
            "indicators/data/t.csv": "opened,service\n2026-07-01T09:30,mail\n2026-08-01T09:30,mail\n2026-09-01T09:30,wifi\n",
        }
    )


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_closed_then_published(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "close", "2026-Q3", str(project), *DAY) == (0, f"{FILE}: 1 figure closed\n", "")
    first = (project / FILE).read_bytes()
    (project / "indicators/data/t.csv").write_text("opened,service\n2026-07-01T09:30,mail\n")
    code, said, told = run(capsys, "measure", str(project), "--format", "csv", *DAY)
    assert code == 0
    assert said.splitlines()[1] == (
        "request-volume,2026-Q3,,,,no-verdict,no-target,3,number,3,,3,,,,,,,,,,,,false,,,,2026-10-15,"
    )
    assert told == (
        f"{FILE}:20:2: warning: 'request-volume', everything, is published as it was closed: 3 was closed, the data "
        'now give 1; changed since: t.csv (comptoir close 2026-Q3 --correct "why" records it) [closed-figures]\n'
        "1 warning in 1 file.\n"
    )
    later = ("--today", "2026-11-02")
    assert run(capsys, "close", "2026-Q3", str(project), "--correct", " Two  doubles. ", *later) == (
        0,
        f"{FILE}: 1 figure corrected\n",
        "",
    )
    text = (project / FILE).read_text("utf-8")
    assert text.startswith(first.decode().removesuffix("\n}\n"))
    assert '"reason": "Two doubles."' in text
    assert sorted(path.name for path in (project / "indicators/closed").iterdir()) == ["2026-Q3.json"]
    code, said, told = run(capsys, "measure", str(project), "--format", "csv", *DAY)
    assert (code, told) == (0, "")
    assert ",no-verdict,no-target,1," in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("2026-Q4",), "2026-Q4 is not over on 2026-10-15: it ends on 2026-12-31"),
        (("2026-Q3", "--today", "2026-09-30"), "2026-Q3 is not over on 2026-09-30: it ends on 2026-09-30"),
        (("2026-Q3", "--correct", "why"), "2026-Q3 is not closed: there is nothing to correct"),
    ],
)
def test_refused(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    quarter, *more = arguments
    code, said, told = run(capsys, "close", quarter, str(project), *DAY, *more)
    assert (code, said, told) == (2, "", f"comptoir: {message}\n")
    assert not (project / "indicators/closed").exists()


def test_closed_twice(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["close", "2026-Q3", str(project), *DAY]) == 0
    before = (project / FILE).read_bytes()
    capsys.readouterr()
    assert run(capsys, "close", "2026-Q3", str(project), *DAY) == (
        2,
        "",
        f"comptoir: 2026-Q3 was closed on 2026-10-15 ({FILE}); 'comptoir close 2026-Q3 --correct \"why\"' records what "
        "has changed since\n",
    )
    assert run(capsys, "close", "2026-Q3", str(project), "--correct", "why", *DAY) == (
        2,
        "",
        "comptoir: the data still give every closed figure of 2026-Q3: there is nothing to correct\n",
    )
    assert (project / FILE).read_bytes() == before


def test_nothing_is_closed_with_errors(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "indicators/definitions/request-volume.yaml").write_text(
        "use: request-volume\nwhere: nonsense\n"
    )
    code, said, told = run(capsys, "close", "2026-Q3", str(project), *DAY)
    assert (code, said) == (1, "")
    assert "1 error in 1 file." in told
    assert not (project / FILE).exists()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, "a\u0007b"])
def test_a_reason_is_words(project: Path, reason: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["close", "2026-Q3", str(project), "--correct", reason, *DAY])


def test_the_same_bytes(project: Path) -> None:
    assert main(["close", "2026-Q3", str(project), *DAY]) == 0
    first = (project / FILE).read_bytes()
    (project / FILE).unlink()
    assert main(["close", "2026-Q3", str(project), *DAY]) == 0
    assert (project / FILE).read_bytes() == first


def test_two_corrections_at_once_lose_no_reason(project: Path) -> None:
    assert main(["close", "2026-Q3", str(project), *DAY]) == 0
    (project / "indicators/data/t.csv").write_text("opened,service\n2026-07-01T09:30,mail\n")
    command = [sys.executable, "-m", "comptoir", "close", "2026-Q3", str(project), "--today", "2026-11-02"]
    both = [
        subprocess.Popen(
            [*command, "--correct", why], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for why in ("Two doubles.", "A late file.")
    ]
    said = {process.args[-1]: (process.communicate(), process.returncode) for process in both}  # type: ignore[index]
    assert sorted(code for _, code in said.values()) == [0, 2]
    text = (project / FILE).read_text("utf-8")
    for why, ((_, told), code) in said.items():
        assert (f'"reason": "{why}"' in text) == (code == 0)
        assert ("there is nothing to correct" in told) == (code == 2)


def test_a_first_close_is_written_at_once_or_not_at_all(project: Path) -> None:
    code = (
        "import resource, signal, sys; from comptoir.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"  # a disk that is nearly full
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-B", "-c", code, "close", "2026-Q3", str(project), *DAY]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (3, "")
    assert "File too large" in result.stderr
    closed = project / "indicators" / "closed"
    assert not closed.exists() or list(closed.iterdir()) == []
    assert main(["close", "2026-Q3", str(project), *DAY]) == 0


def test_a_year_is_closed_like_a_quarter(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = ("--today", "2027-01-15")
    file = "indicators/closed/2026.json"
    assert run(capsys, "close", "2026", str(project), *day) == (0, f"{file}: 1 figure closed\n", "")
    (project / "indicators/data/t.csv").write_text("opened,service\n2026-07-01T09:30,mail\n")
    _, said, told = run(capsys, "measure", str(project), "--period", "2026", "--format", "csv", *day)
    assert said.splitlines()[1].startswith("request-volume,2026,,,,no-verdict,no-target,3,")
    assert (
        "'request-volume', everything, is published as it was closed: 3 was closed, the data now give 1"
        in told
    )
    _, said, _ = run(capsys, "measure", str(project), "--period", "2027-01", "--format", "csv", *day)
    assert said.splitlines()[1].startswith("request-volume,2027-01,,,,missing,no-rows,")


def test_a_fiscal_year_without_its_month_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, told = run(capsys, "close", "FY2025", str(project), *DAY)
    assert (code, said) == (1, "")
    assert (
        "'FY2025' needs the month in which fiscal years begin, such as 'fiscal_year: april' [fiscal-year]"
        in told
    )
