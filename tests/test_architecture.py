"""The rules that keep the program readable, held against its source: who may import whom, who may do what."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from comptoir.cli import COMMANDS

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "generator" / "comptoir"
MAX_LINES: Final = 400
MAX_FUNCTION: Final = 60

# Part of the program → the parts that it may import.
_BASE: Final = frozenset({"problems", "periods", "spaces", "wording", "resources"})
_MODEL: Final = _BASE | {"sources", "model"}
_CONTENT: Final = _MODEL | {"audiences", "brand", "calendars", "colours", "markdown", "svg"}
MAY_IMPORT: Final[Mapping[str, frozenset[str]]] = {
    "problems": frozenset({"spaces"}),
    "periods": frozenset(),
    "spaces": frozenset(),
    "wording": frozenset({"problems", "periods", "resources"}),
    "resources": frozenset(),
    "inputs": _BASE,
    "sources": _BASE,
    "model": _MODEL,
    "audiences": _MODEL | {"measure"},
    "calendars": _MODEL,
    "colours": _BASE,
    "svg": _BASE,
    "brand": _BASE | {"colours", "svg"},
    "markdown": _BASE,
    "tokens": _BASE | {"colours"},
    "search": _MODEL,
    "rules": _CONTENT | {"charts", "search"},
    "measure": _MODEL | {"calendars", "store"},
    "analysis": _MODEL | {"calendars", "measure", "rules"},  # rules: where citations stand
    "explain": _MODEL | {"measure", "analysis"},
    "charts": _BASE | {"colours", "store"},
    "templates": _BASE,
    "addresses": _MODEL | {"content"},
    "content": _CONTENT | {"measure", "analysis", "explain", "charts", "templates", "workbooks"},
    "site": _CONTENT
    | {"addresses", "tokens", "measure", "analysis", "charts", "content", "search", "store", "templates"},
    # charts: the widths of letters; measure: the numbers of charts to edit
    "paper": _CONTENT
    | {"addresses", "tokens", "content", "charts", "analysis", "limits", "measure", "store"},
    "slides": _CONTENT
    | {"addresses", "tokens", "content", "charts", "analysis", "measure", "paper", "store"},
    "products": frozenset({"paper", "slides"}),
    "publish": frozenset({"problems", "sources", "store"}),
    "scaffold": _MODEL | {"measure", "spaces", "brand"},
    "history": _CONTENT | {"rules", "content", "publish"},
    "moving": _MODEL | {"measure", "scaffold", "workbooks"},
    "store": frozenset(),
    "workbooks": frozenset(),
    "limits": frozenset(),
    "workers": frozenset(),
    "steps": _CONTENT
    | {"limits", "workers"}
    | {"inputs", "measure", "analysis", "charts", "content", "site", "paper", "products", "publish", "store"},
    "checking": _CONTENT | {"publish", "rules"},
    "build": _CONTENT
    | {"limits", "workers"}
    | {"checking", "inputs", "content", "site", "analysis", "paper", "publish", "steps"},
    "explanations": _CONTENT | {"measure", "analysis", "explain", "content", "site", "steps"},
    "fetch": _MODEL | {"measure", "content"},
    "letters": _CONTENT
    | {"limits", "workers"}
    | {"measure", "analysis", "content", "templates", "checking", "paper", "publish", "steps", "store"},
    "delivery": _CONTENT | {"measure", "build", "content", "moving", "paper", "scaffold", "steps"},
    "cli": _BASE
    | {
        "audiences",
        "model",
        "sources",
        "build",
        "checking",
        "scaffold",
        "publish",
        "measure",
        "explain",
        "explanations",
        "analysis",
        "content",
        "letters",
        "history",
        "moving",
        "store",
        "fetch",
        "delivery",
    },
    "__main__": frozenset({"cli"}),
}

# A library that only one part may use, because it sets what that part is for.
ONLY_USED_BY: Final[Mapping[str, frozenset[str]]] = {
    "matplotlib": frozenset({"charts"}),
    "jinja2": frozenset({"templates"}),
    "icalendar": frozenset({"moving", "site"}),
    "duckdb": frozenset({"sources", "measure"}),
    "argparse": frozenset({"cli"}),
    "rich": frozenset({"cli"}),
    "watchfiles": frozenset({"cli"}),
    "subprocess": frozenset({"history", "publish"}),
    "typst": frozenset({"paper", "slides"}),
    "fontTools": frozenset({"paper", "slides"}),
    "segno": frozenset({"paper", "slides"}),
    "pptx": frozenset({"slides"}),
    "xlsxwriter": frozenset({"slides", "workbooks"}),
    "PIL": frozenset({"paper", "rules"}),
}
CLOCK: Final = frozenset({"today", "now", "utcnow", "time", "perf_counter", "monotonic", "localtime"})
CLOCK_OWNERS: Final = frozenset({"date", "datetime", "time"})
WRITING: Final = frozenset(
    {
        "write_text",
        "write_bytes",
        "mkdir",
        "unlink",
        "rmdir",
        "rename",
        "touch",
        "symlink_to",
        "copytree",
        "rmtree",
    }
)
MAY_WRITE: Final = (
    "publish/",
    "scaffold/writer.py",
    "store.py",
)


# Documents that a reader of the repository does not have.
ABSENT: Final = ("DESIGN" + ".md", "DOMAIN" + ".md", "DOMAIN" + " section", "DESIGN" + " section")


@dataclass(frozen=True, slots=True)
class Source:
    """A module of the program."""

    name: str
    part: str
    text: str
    tree: ast.Module


@cache
def sources() -> tuple[Source, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        text = path.read_text("utf-8")
        found.append(Source(name, name.partition("/")[0].removesuffix(".py"), text, ast.parse(text)))
    return tuple(found)


def imports_of(source: Source) -> Iterator[str]:
    """Every module that the source imports, by its full name."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source.name}: relative import"
            yield node.module or ""
            if node.module == "comptoir":
                yield from (f"comptoir.{alias.name}" for alias in node.names)


def calls_in(source: Source) -> Iterator[tuple[str, str, int]]:
    """Each call: the name before the dot ('' if none), the name called, the line."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield "", node.func.id, node.lineno
            elif isinstance(node.func, ast.Attribute):
                owner = node.func.value
                yield (owner.id if isinstance(owner, ast.Name) else "?"), node.func.attr, node.lineno


def opened_for_writing(source: Source) -> Iterator[tuple[str, str, int]]:
    """Each call of `open` with a mode that writes, in the same form."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and "open" in ast.unparse(node.func).split("."):
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            modes = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if any(set(mode) <= set("rwaxbt+") and set(mode) & set("wax+") for mode in modes):
                yield "", "write_text", node.lineno


def in_cli(source: Source) -> bool:
    return source.part == "cli"


def test_every_part_is_in_the_table() -> None:
    parts = {source.part for source in sources()} - {"__init__"}
    assert parts <= set(MAY_IMPORT), "a new part: say in MAY_IMPORT, and in the design, what it may import"


def test_imports_follow_the_table() -> None:
    wrong = [
        f"{source.name} imports comptoir.{part}"
        for source in sources()
        if source.part != "__init__"
        for module in imports_of(source)
        if module.startswith("comptoir.")
        and (part := module.split(".")[1]) not in MAY_IMPORT[source.part] | {source.part, "__version__"}
    ]
    assert wrong == []


def test_the_table_has_no_cycle() -> None:
    settled: set[str] = set()
    left = {part: set(others) - {part} for part, others in MAY_IMPORT.items()}
    while ready := {part for part, others in left.items() if others <= settled}:
        settled |= ready
        left = {part: others for part, others in left.items() if part not in ready}
    assert left == {}


@pytest.mark.parametrize("library", sorted(ONLY_USED_BY))
def test_libraries_stay_where_they_belong(library: str) -> None:
    wrong = [
        source.name
        for source in sources()
        if source.part not in ONLY_USED_BY[library]
        and any(module.partition(".")[0] == library for module in imports_of(source))
    ]
    assert wrong == []


NETWORK: Final = frozenset(
    [
        "aiohttp",
        "ftplib",
        "http.client",
        "httpx",
        "imaplib",
        "mysql",
        "paramiko",
        "poplib",
        "psycopg",
        "pymysql",
        "requests",
        "smtplib",
        "socket",
        "sqlalchemy",
        "ssl",
        "telnetlib",
        "urllib.request",
        "urllib3",
        "websockets",
        "xmlrpc",
    ]
)


def test_nothing_but_fetch_reaches_the_network() -> None:
    """Builds are offline: what opens a connection is in one part, and only its command imports that part."""
    opening = [
        source.name
        for source in sources()
        if any(
            module == name or module.startswith(f"{name}.")
            for module in imports_of(source)
            for name in NETWORK
        )
    ]
    assert opening != []
    assert [name for name in opening if not name.startswith("fetch/")] == []
    importing = {
        source.name
        for source in sources()
        if any(module.startswith("comptoir.fetch") for module in imports_of(source))
        and source.part != "fetch"
    }
    assert importing == {"cli/fetch.py"}


def test_only_the_command_line_prints_or_reads_the_clock() -> None:
    wrong = [
        f"{source.name}:{line} {owner}.{called}"
        for source in sources()
        if not in_cli(source)
        for owner, called, line in calls_in(source)
        if called in {"print", "input"} or (called in CLOCK and owner in CLOCK_OWNERS)
    ]
    assert wrong == []


def test_only_publish_and_the_writer_of_new_files_write() -> None:
    wrong = [
        f"{source.name}:{line} {called}"
        for source in sources()
        if not source.name.startswith(MAY_WRITE)
        for owner, called, line in calls_in(source)
        if called in WRITING
        or (owner in {"os", "shutil"} and called in {"replace", "remove", "move", "copy"})
    ]
    assert wrong == []


def test_modules_and_functions_fit_a_screen() -> None:
    long = [
        f"{source.name}: {lines} lines"
        for source in sources()
        if (lines := source.text.count("\n")) > MAX_LINES
    ]
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION:
                    long.append(f"{source.name}:{node.lineno} {node.name}: {lines} lines")
    assert long == []


def public_types(source: Source) -> Iterator[str]:
    """The classes and the names of types that a module defines for others; not the variables of its generics."""
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            is_generic = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "TypeVar"
            if isinstance(target, ast.Name) and re.fullmatch("[A-Z][a-z]\\w*", target.id) and not is_generic:
                yield target.id


def test_a_public_name_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for source in sources():
        for name in public_types(source):
            if not name.startswith("_"):
                homes.setdefault(name, []).append(source.name)
    several = {name: places for name, places in homes.items() if len(places) > 1}
    assert several == {}


def test_one_function_turns_a_measurement_into_its_verdict() -> None:
    """`Status` is the word of who measures; what follows from it is said by `verdict_of`, and by nothing beside it."""
    wrong = [
        f"{source.name}:{node.lineno} {ast.unparse(node)}"
        for source in sources()
        if source.part != "measure" and source.name != "analysis/verdicts.py"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Status"
    ]
    assert wrong == []


def test_no_folder_imports_another_that_imports_it_back() -> None:
    folders = {source.name.rpartition("/")[0] for source in sources()}
    imported: dict[str, set[str]] = {}
    for source in sources():
        own = source.name.rpartition("/")[0]
        for module in imports_of(source):
            path = module.removeprefix("comptoir.").replace(".", "/")
            other = path if path in folders else path.rpartition("/")[0]
            if module.startswith("comptoir.") and "" not in (own, other) and own != other:
                imported.setdefault(own, set()).add(other)
    both = {
        tuple(sorted((a, b))) for a, others in imported.items() for b in others if a in imported.get(b, ())
    }
    assert both == set()


CITED: Final = re.compile(r"docs/[\w./-]+\.md(?:, (?:the published case of )?([A-Z][\w ’'-]*[\w]))?")


def test_what_is_cited_is_there_for_the_reader() -> None:
    """Sources of formulas are books, papers, or pages and decisions of this repository; nothing else."""
    wrong = []
    for path in (*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").rglob("*.md")):
        text = path.read_text("utf-8")
        name = path.relative_to(ROOT).as_posix()
        wrong += [f"{name}: {word}" for word in ABSENT if word in text and path != Path(__file__)]
        if not path.is_relative_to(PACKAGE):
            continue
        for cited in CITED.finditer(re.sub(r"\s*\n\s*", " ", text)):
            page = ROOT / cited[0].partition(",")[0]
            if not page.is_file() or (cited[1] and f"# {cited[1]}" not in page.read_text("utf-8")):
                wrong.append(f"{name}: {cited[0]}")
    assert wrong == []


def test_every_module_says_what_goes_in_and_what_comes_out() -> None:
    assert [source.name for source in sources() if not ast.get_docstring(source.tree)] == []


def test_every_command_is_documented_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`comptoir {name}" not in readme] == []
