"""Reads a project folder: YAML documents, pictures and other files, each once, never outside the folder."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from comptoir.problems import Location, Problem, suggest
from comptoir.sources.data_files import DATA_FOLDER, list_data_files
from comptoir.sources.folders import content_files, template_files
from comptoir.sources.json_reader import MAX_JSON_BYTES, JsonDocument, read_json
from comptoir.sources.name_pairs import NAMES_FILE
from comptoir.sources.nodes import Document
from comptoir.sources.yaml_reader import MAX_BYTES, read_document

CHART_SHEET: Final = "catalogue/brand/charts.mplstyle"
TEXTS: Final = (CHART_SHEET, NAMES_FILE)
CLOSED_FOLDER: Final = "indicators/closed/"
ASSET_FOLDERS: Final = ("catalogue/brand/", "catalogue/pictograms/", "catalogue/documents/")
MAX_ASSET_BYTES: Final = 20_000_000
MAX_SVG_BYTES: Final = 300_000
WORDS_FOLDER: Final = "indicators/reports/"
PRESETS_FOLDER: Final = "indicators/presets/"  # what exports of a tool call things, for new sources


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """What the folder holds.

    `documents`: file → document, for each YAML file that could be read; `declared`: every YAML file, readable
    or not; `assets`: file → place on disk, of what may be published as it is; `svgs`: file → content; `data`: names
    of the files that sources may read, in their folder; `words`: file → content, of the Markdown of reports;
    `closed`: the closed quarters that could be read; `texts`: file → content, of those of `TEXTS` that are there.
    """

    root: Path
    documents: Mapping[str, Document]
    declared: frozenset[str]
    assets: Mapping[str, Path]
    svgs: Mapping[str, bytes]
    data: frozenset[str]
    words: Mapping[str, bytes] = field(default_factory=dict)
    closed: Mapping[str, JsonDocument] = field(default_factory=dict)
    data_folder: str = DATA_FOLDER
    texts: Mapping[str, bytes] = field(default_factory=dict)


def read_project(
    root: Path, places: frozenset[str], data: Path | None = None
) -> tuple[ProjectFiles, list[Problem]]:
    """The files of the project at `root`; `places` are the folders and files where YAML is expected.

    `places` holds paths relative to the project: a folder ends with '/', a file with '.yaml'. `data` is where the
    files of sources are, if not in the project's own folder.
    """
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    declared: set[str] = set()
    assets: dict[str, Path] = {}
    svgs: dict[str, bytes] = {}
    words: dict[str, bytes] = {}
    texts: dict[str, bytes] = {}
    closed: dict[str, JsonDocument] = {}
    for file, path in content_files(root, root / DATA_FOLDER, problems):
        if file.startswith(ASSET_FOLDERS) and file not in TEXTS:
            _take_asset(file, path, assets, svgs, problems)
        elif file.startswith(CLOSED_FOLDER) and path.suffix == ".json":
            quarter, found = _read_closed(path, file)
            problems += found
            if quarter:
                closed[file] = quarter
        elif file.startswith(PRESETS_FOLDER) and path.suffix == ".yaml":
            problems += _read_yaml(path, file)[1]
        elif f"{file}/" in places:
            problems.append(Problem(Location(file), "no-folder", "a file stands where a folder belongs"))
        elif path.suffix.lower() in {".yaml", ".yml"} and _accept_place(file, places, problems):
            declared.add(file)
            document, found = _read_yaml(path, file)
            problems += found
            if document:
                documents[file] = document
        elif file in TEXTS or (file.startswith(WORDS_FOLDER) and path.suffix == ".md"):
            content, found = read_bounded(path, file)
            problems += found
            if content is not None:
                (texts if file in TEXTS else words)[file] = content
    deque(template_files(root, problems), maxlen=0)  # for the problems alone
    if not root.is_dir() or not declared:
        message = "no content here: a project has the folders catalogue/, segments/ and indicators/"
        problems.append(
            Problem(Location("catalogue"), "no-content", message, "comptoir init makes a first one")
        )
    shown = str(data or DATA_FOLDER)
    data_files, found = list_data_files(data or root / DATA_FOLDER, shown)
    problems += found
    named, found_data = frozenset(declared), frozenset(data_files)
    files = ProjectFiles(root, documents, named, assets, svgs, found_data, words, closed, shown, texts)
    return files, problems


def _take_asset(
    file: str, path: Path, assets: dict[str, Path], svgs: dict[str, bytes], problems: list[Problem]
) -> None:
    is_svg = path.suffix.lower() == ".svg"
    limit = MAX_SVG_BYTES if is_svg else MAX_ASSET_BYTES
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:  # also of what is only copied, much later
            content = stream.read() if is_svg and size <= limit else b""
    except OSError as error:
        problems.append(_unreadable(file, error))
        return
    if size > limit:
        message = f"the file holds {size / 1e6:.1f} MB; the limit is {limit / 1e6:.1f} MB"
        problems.append(Problem(Location(file), "file-size", message))
        return
    assets[file] = path
    if is_svg:
        svgs[file] = content


def _unreadable(file: str, error: OSError) -> Problem:
    return Problem(Location(file), "unreadable", f"the file cannot be read: {error.strerror}")


def _accept_place(file: str, places: frozenset[str], problems: list[Problem]) -> bool:
    folder = file.rpartition("/")[0] + "/"
    if file in places or (folder in places and file.endswith(".yaml")):
        return True
    stem, _, ending = file.rpartition(".")
    if ending != "yaml":
        hint = f"rename it {stem}.yaml"
        problems.append(Problem(Location(file), "file-name", "YAML files end with .yaml here", hint))
    else:
        problems.append(
            Problem(Location(file), "file-place", "nothing is read from this place", suggest(file, places))
        )
    return False


def _read_closed(path: Path, file: str) -> tuple[JsonDocument | None, list[Problem]]:
    content, problems = read_bounded(path, file, MAX_JSON_BYTES)
    return (None, problems) if content is None else read_json(content, file)


def _read_yaml(path: Path, file: str) -> tuple[Document | None, list[Problem]]:
    content, problems = read_bounded(path, file)
    return (None, problems) if content is None else read_document(content, file)


def read_bounded(path: Path, file: str, limit: int = MAX_BYTES) -> tuple[bytes | None, list[Problem]]:
    """What a file of text holds; None and a problem when it cannot be read or is too large."""
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        return None, [_unreadable(file, error)]
    if len(content) > limit:
        message = f"the file holds {path.stat().st_size / 1e6:.1f} MB; the limit is {limit / 1e6:.0f} MB"
        return None, [Problem(Location(file), "file-size", message)]
    return content, []
