"""Small files that mean harm: each is a problem at its place, in bounded memory, and reading can be ended at any time."""

from __future__ import annotations

import gzip
import json
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.measure.reading import Names, Places, open_engine, read_tables
from comptoir.measure.reading.examine import MAX_LINE, MAX_RATIO
from comptoir.measure.reading.records import MAX_CELLS, MAX_COUNTED
from comptoir.problems import Severity

from .conftest import make_source

CASES = Path(__file__).parents[2] / "cases"
MEGABYTE = 1 << 20
MOST_MEMORY = 1_000_000_000
TWO = {"n": {"type": "number"}, "m": {"type": "text"}}
READ = """
import json, resource, sys
from pathlib import Path
from comptoir.measure.reading import Names, Places, open_engine, read_tables
from comptoir.model.metrics import Source
source = Source.model_validate(json.loads(sys.argv[2]))
_, problems = read_tables(open_engine(), [source], Places(Path(sys.argv[1]), "data"), Names(), "Europe/Paris")
print(json.dumps([[str(p) for p in problems], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""
LONG_LINE = "this line holds more than 2 MB (the file is damaged, or no table) [data-file]"
UNPACKED = (
    "1:1: error: the file holds more than 100 times its size when it is unpacked "
    "(export it again, or unpack it if that is right) [data-file]"
)
UNCLOSED = "a quotation begins here and is not closed [data-cells]"


def packed(*parts: bytes) -> bytes:
    return gzip.compress(b"".join(parts), 9, mtime=0)


def packed_times(start: bytes, part: bytes, times: int) -> bytes:
    """`part` so many times, packed as members of one file, so that the test itself stays small."""
    return packed(start) + packed(part) * times


HARMFUL: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a line of commas": (
        "a.csv",
        lambda: b"n,m\n1,a\n" + b"," * MEGABYTE + b"\n2,b\n",
        "3:1: error: 1048577 cells; the header has 2 [data-cells]",
    ),
    "a line of commas and quotations": (
        "a.csv",
        lambda: b"n,m\n1,a\n" + b'"",' * (MEGABYTE // 3) + b"\n",
        f"3:{MAX_CELLS * 3 + 1}: error: this record has more than 10000 cells [data-cells]",
    ),
    "a header of commas": (
        "a.csv",
        lambda: b"n,m" + b"," * MEGABYTE + b"\n",
        f"1:{MAX_CELLS + 3}: error: this record has more than 10000 cells [data-cells]",
    ),
    "one line, packed": ("a.csv.gz", lambda: packed_times(b"n,m\n1,", b"a" * MEGABYTE, 60), f"2:1: error: {LONG_LINE}"),
    "a header, packed": ("a.csv.gz", lambda: packed_times(b"n,m", b"," * MEGABYTE, 20), f"1:1: error: {LONG_LINE}"),
    "marks, packed": ("a.csv.gz", lambda: packed_times(b'n,m\n1,"', b'""' * MEGABYTE, 30), f"2:1: error: {LONG_LINE}"),
    "lines of commas, packed": ("a.csv.gz", lambda: packed_times(b"n,m\n", b"," * MEGABYTE + b"\n", 60), UNPACKED),
    "ragged rows, packed": ("a.csv.gz", lambda: packed_times(b"n,m\n", b"1,2,3\n" * (MEGABYTE // 6), 60), UNPACKED),
    "rows, packed": ("a.csv.gz", lambda: packed_times(b"n,m\n", b"1,2\n" * (MEGABYTE // 4), 60), UNPACKED),
    "blank lines, packed": ("a.csv.gz", lambda: packed_times(b"n,m\n", b"\n" * MEGABYTE, 60), UNPACKED),
    "NULs, packed": (
        "a.csv.gz",
        lambda: packed_times(b"n,m\n1,a\n", b"\0" * MEGABYTE, 2_000),
        "3:1: error: there is a NUL character (the file is damaged, or no text) [data-file]",
    ),
    "a quotation over lines": ("a.csv", lambda: b'n,m\n1,"' + b"a\n" * 8_000_000, f"2:3: error: {UNCLOSED}"),
    "a quotation over wide lines": (
        "a.csv",
        lambda: b'n,m\n1,"' + (b"a," * 100 + b"\n") * 80_000,
        f"2:3: error: {UNCLOSED}",
    ),
    "a quotation in one line": ("a.csv", lambda: b'n,m\n1,"' + b"a" * 16_000_000, f"2:1: error: {LONG_LINE}"),
    "marks alone": (
        "a.csv",
        lambda: b'n,m\n1,"' + b'"\n' * 2_000_000,
        "3:1: error: 1 cell; the header has 2 [data-cells]",
    ),
    "a trailing separator": (
        "a.csv",
        lambda: b"n,m\n" + b"".join(b"%d,text %d,\n" % (i, i) for i in range(1_000_000)),
        f"{MAX_COUNTED + 1}:1: error: 100000 records of this file are no rows: what follows is not looked at "
        "(export it again) [data-cells]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_small_files_exhaust_nothing(tmp_path: Path, name: str) -> None:
    file, content, said = HARMFUL[name]
    (tmp_path / file).write_bytes(content())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path), make_source(TWO, files=[file]).model_dump_json()],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        preexec_fn=_bound_memory,
    )
    problems, largest = json.loads(done.stdout)
    assert f"data/{file}:{said}" in problems
    assert largest * 1024 < MOST_MEMORY


def _bound_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (4 * MOST_MEMORY, 4 * MOST_MEMORY))


def test_what_compresses_as_exports_do_is_read(tmp_path: Path) -> None:
    rows = b"".join(b"%d,all is well\n" % i for i in range(100_000))
    for name, content in {
        "alike.csv.gz": packed(b"n,m\n", b"1,2\n" * 1_000_000),
        "rows.csv.gz": packed(b"n,m\n", rows),
    }.items():
        (tmp_path / name).write_bytes(content)
        tables, problems = read_tables(
            open_engine(), [make_source(TWO, files=[name])], Places(tmp_path), Names(), "UTC"
        )
        assert problems == ()
        assert tables.kept == {"things": 1_000_000 if name == "alike.csv.gz" else 100_000}
    assert len(packed(b"1,2\n" * 1_000_000)) * MAX_RATIO < 4_000_000  # little may be all alike


@pytest.mark.parametrize("longest", [MAX_LINE - MEGABYTE, MAX_LINE + 10])
def test_the_longest_line(tmp_path: Path, longest: int) -> None:
    (tmp_path / "a.csv").write_bytes(b"n,m\n1,b\n2," + b"x" * (longest - 2) + b"\n3,b\n")
    tables, problems = read_tables(
        open_engine(), [make_source(TWO)], Places(tmp_path, "data"), Names(), "UTC"
    )
    is_right = longest <= MAX_LINE
    assert [str(problem) for problem in problems] == (
        [] if is_right else [f"data/a.csv:3:1: error: {LONG_LINE}"]
    )
    assert tables.kept == {"things": 3 if is_right else 0}


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
@pytest.mark.parametrize("memory", ["20MB", "80MB"], ids=["while they are read", "while they are told apart"])
def test_rows_beyond_the_memory_are_a_problem(tmp_path: Path, name: str, memory: str) -> None:
    written = f"(SELECT range AS n, 'text ' || range AS m FROM range(1000000)) TO '{tmp_path / name}'"
    with duckdb.connect() as connection:
        connection.execute(f"COPY {written} ({'HEADER' if name == 'a.csv' else 'FORMAT parquet'})")
    source = make_source({"n": {"type": "integer"}, "m": {"type": "text"}}, files=[name], key=["m"])
    tables, problems = read_tables(open_engine(memory), [source], Places(tmp_path, "data"), Names(), "UTC")
    assert [problem.message for problem in problems] == [
        "the rows do not fit in the memory that reading may take"
    ]
    assert problems[0].severity is Severity.ERROR
    assert tables.kept == {"things": 0}


def write_slow_project(project: Path) -> None:
    """A project whose data take seconds to read."""
    shutil.copytree(CASES / "base", project)
    (project / "indicators" / "sources").mkdir(parents=True)
    (project / "indicators" / "data").mkdir()
    source = "role: other\nname: {fr: Choses, en: Things}\nfiles: [a.csv]\nkey: [m]\ncolumns: {n: {type: number}, m: {type: text}}\n"
    (project / "indicators" / "sources" / "things.yaml").write_text(source, "utf-8")
    with duckdb.connect() as connection:
        rows = "SELECT range AS n, 'text ' || range AS m FROM range(4000000)"
        connection.execute(f"COPY ({rows}) TO '{project / 'indicators' / 'data' / 'a.csv'}' (HEADER)")


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="this system does not show the threads of a process"
)
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_the_command_ends_while_the_engine_works(tmp_path: Path, asked: signal.Signals) -> None:
    write_slow_project(tmp_path / "project")
    command = [sys.executable, "-m", "comptoir", "measure", str(tmp_path / "project"), "--quarter", "2026-Q3"]
    for delay in (0, 0.1, 0.4):
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_listen
        ) as running:
            while len(list(Path(f"/proc/{running.pid}/task").iterdir())) == 1 and running.poll() is None:
                time.sleep(0.01)  # the engine has threads of its own
            time.sleep(delay)
            running.send_signal(asked)
            _, said = running.communicate(timeout=120)
        assert running.returncode in (130, -asked)  # the latter while Python itself begins or ends
        assert said == b""


def _listen() -> None:
    """A shell lets what it runs in the background ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


ENDLESS = """
import signal, sys
from types import SimpleNamespace
from comptoir import cli
from comptoir.measure.reading import open_engine

def run(parsed, console):
    engine = open_engine()
    print("ready", flush=True)
    engine.execute("SELECT sum(hash(range) % 7) FROM range(1000000000000)").fetchall()

signal.signal(signal.SIGTERM, signal.default_int_handler)  # as the command does
cli.COMMANDS = ("endless",)
cli.import_module = lambda name: SimpleNamespace(add_parser=lambda of: of.add_parser("endless").set_defaults(run=run))
sys.exit(cli.main(["endless"]))
"""


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_query_without_end_is_ended(asked: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_listen
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(1)  # it is at work by now; were it not, it would be asked all the same
        running.send_signal(asked)
        try:
            _, said = running.communicate(timeout=120)
        finally:
            running.kill()
    assert (running.returncode, said) == (130, b"")


PIECES = st.sampled_from(
    [
        b",",
        b",",
        b'"',
        b'""',
        b"\n",
        b"\r\n",
        b"\r",
        b"1",
        b"a",
        b" ",
        "é".encode(),
        b"\xe9",
        b"\0",
        b"1,a\n",
        b'"a\nb",',
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, max_size=40), has_header=st.booleans(), is_packed=st.booleans())
def test_any_file_is_read_or_answered(
    tmp_path: Path, pieces: list[bytes], has_header: bool, is_packed: bool
) -> None:
    """Each row is a line of the file, each problem is at one, and no record is lost without a word."""
    content = (b"n,m\n" if has_header else b"") + b"".join(pieces)
    name = "a.csv.gz" if is_packed else "a.csv"
    (tmp_path / name).write_bytes(packed(content) if is_packed else content)
    connection = open_engine()
    _, problems = read_tables(
        connection, [make_source(TWO, files=[name])], Places(tmp_path, "data"), Names(), "UTC"
    )
    last = content.count(b"\n") + 1
    assert all(1 <= problem.location.line <= last for problem in problems)
    lines: list[tuple[Any, ...]] = connection.execute("SELECT _line FROM source_things").fetchall()
    assert all(1 < line <= last for (line,) in lines)
    assert len(set(lines)) == len(lines)
    if not lines:
        assert problems
