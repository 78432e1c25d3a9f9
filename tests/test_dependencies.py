"""What is installed: every library that is used is declared with its reason, none with a known hole, all locked with hashes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT: Final = Path(__file__).parent.parent
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK, LOCK_DEV = (ROOT / ".ci" / name for name in ("requirements.lock", "requirements-dev.lock"))

# The first version without the hole: ours, then what ours bring along.
SAFE: Final = {
    "brotli": "1.2.1",  # CVE-2026-111497
    "defusedxml": "0.7.1",
    "duckdb": "2.0.1",  # CVE-2025-64429; and expressions that older parsers let through
    "filelock": "4.2.1",  # CVE-2025-68146, CVE-2026-22701, CVE-2026-112909
    "fonttools": "4.60.2",  # CVE-2023-45139, CVE-2025-66034
    "icalendar": "7.2.1",  # GHSA-qjcq-q7h7-r74v
    "jinja2": "3.1.6",  # CVE-2024-56326, CVE-2025-27516
    "markdown": "3.10.1",  # CVE-2025-69534, and comments that were read without end
    "mkdocs-material": "9.7.7",  # CVE-2026-73295
    "nh3": "0.3.1",  # RUSTSEC-2025-0071
    "pillow": "13.0.0",  # CVE-2026-40192, CVE-2026-55798, CVE-2026-112403
    "pydantic": "2.4.0",  # CVE-2024-3772
}
SAFE_IN_LOCK: Final = SAFE | {
    "mkdocs": "1.2.3",  # CVE-2021-40978
    "pymdown-extensions": "11.0.1",  # CVE-2026-46338, CVE-2026-67422
    "requests": "2.32.4",  # CVE-2024-47081
    "urllib3": "2.6.3",  # CVE-2025-66418, CVE-2026-21441
}
TEXT: Final = frozenset({"", ".md", ".py", ".toml", ".yaml", ".yml", ".txt", ".j2", ".html", ".po", ".cfg"})
# pip install comptoir, pip install 'comptoir[…]' or comptoir==…; not a wheel or a folder, which are files.
BY_NAME: Final = re.compile(
    r"\b(?:pip3?|pipx|uvx?|poetry|conda)\b[^\n#]*[ \t]['\"]?comptoir(?![\w./-])", re.IGNORECASE
)


def requirements(extra: str = "") -> dict[str, Requirement]:
    lines = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


def floor(requirement: Requirement) -> Version:
    (least,) = [s for s in requirement.specifier if s.operator == ">="]
    return Version(least.version)


def locked(path: Path) -> dict[str, list[Version]]:
    """The versions of each package: one, or one for each range of Python."""
    found: dict[str, list[Version]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(), re.M):
        found.setdefault(canonicalize_name(name), []).append(Version(version))
    return found


def imported() -> set[str]:
    """The packages that modules of the program import, by the name that one imports."""
    names: set[str] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"comptoir"}


def test_every_library_that_is_imported_is_declared() -> None:
    distributions = packages_distributions()
    wanted = {canonicalize_name(distributions[name][0]) for name in imported()}
    theirs = {
        "lxml",
        "markupsafe",
        "numpy",
        "pydantic-core",
    }  # values of python-pptx, Jinja2, matplotlib and pydantic
    optional = set(requirements("fetch"))  # imported by its command only, which says what to install
    assert wanted - theirs - optional - set(requirements()) == set()


@pytest.mark.parametrize("extra", ["", "dev", "fetch", "zensical"])
def test_every_dependency_has_a_floor_and_a_reason(extra: str) -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    for name, requirement in requirements(extra).items():
        assert floor(requirement), name
        told = [line for line in lines if re.search(rf'"{re.escape(str(requirement))}"[\],]* +# \w', line)]
        assert told, f"{name} has no reason"


def test_no_floor_and_no_lock_has_a_known_hole() -> None:
    floors = {name: floor(requirement) for name, requirement in requirements().items()}
    assert {name for name, safe in SAFE.items() if floors[name] < Version(safe)} == set()
    for path in (LOCK, LOCK_DEV):
        versions = locked(path)
        assert {n for n, safe in SAFE_IN_LOCK.items() if min(versions[n]) < Version(safe)} == set(), path


@pytest.mark.parametrize(("path", "extra"), [(LOCK, ""), (LOCK_DEV, "dev")])
def test_the_lock_holds_every_dependency_and_what_builds_the_project_with_hashes(
    path: Path, extra: str
) -> None:
    text, versions = path.read_text(), locked(path)
    wanted = requirements() | (requirements(extra) if extra else {})
    for name, requirement in wanted.items():
        assert all(requirement.specifier.contains(version) for version in versions[name]), (
            f"make lock: {name}"
        )
    assert {"hatchling", "editables"} <= set(versions)
    for entry in re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "comptoir" not in versions
    assert not re.search(r"://|--index|--find-links|@", text)


def test_both_locks_agree() -> None:
    development = locked(LOCK_DEV)
    assert {name: development[name] for name in locked(LOCK)} == locked(LOCK)


def test_nothing_says_to_install_a_name_that_is_not_ours() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    told = {
        name: found[0].strip()
        for name in listed.splitlines()
        if (ROOT / name).suffix in TEXT and (ROOT / name).is_file() and name != "tests/test_dependencies.py"
        for found in [BY_NAME.search((ROOT / name).read_text(errors="replace"))]
        if found
    }
    assert told == {}
    assert '"comptoir[' not in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize(
    ("line", "by_name"),
    [
        ("pip install comptoir", True),
        ("pip install 'comptoir[zensical]'", True),
        ("python3 -m pip install --no-index --find-links wheels comptoir", True),
        ("uv add comptoir==0.1.0", True),
        ("pip install comptoir-0.1.0-py3-none-any.whl", False),
        ("pip install dist/comptoir-*.whl", False),
        ("pip install '.[zensical]'", False),
    ],
)
def test_what_counts_as_a_name(line: str, by_name: bool) -> None:
    assert bool(BY_NAME.search(line)) is by_name
