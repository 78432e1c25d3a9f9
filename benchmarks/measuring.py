"""Measures five million requests by service, segment and quarter; says how long it takes and how much memory.

python benchmarks/measuring.py [ROWS]
"""

from __future__ import annotations

import resource
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from comptoir.brand import pictogram_names
from comptoir.measure.measure import measure_catalogue
from comptoir.measure.reading import lock_down, open_engine
from comptoir.model.catalogue import PLACES, Catalogue
from comptoir.model.decode import decode_catalogue
from comptoir.model.roles import FIELDS, FieldType, Role
from comptoir.periods import Quarter
from comptoir.sources.project import read_project

BASE = Path(__file__).resolve().parents[1] / "tests" / "cases" / "base"
LIBRARY = Path(__file__).resolve().parents[1] / "generator" / "comptoir" / "measure" / "library"
TYPES = {
    FieldType.INSTANT: "TIMESTAMP",
    FieldType.INTEGER: "BIGINT",
    FieldType.BOOLEAN: "BOOLEAN",
}
GIVEN = {
    "number": "i::VARCHAR",
    "opened": "TIMESTAMP '2024-10-01' + INTERVAL 1 SECOND * ((i * 7919) % 63072000)",
    "taken": "opened + INTERVAL 1 SECOND * ((i * 104729) % 20000)",
    "resolved": "CASE WHEN i % 17 > 0 THEN opened + INTERVAL 1 SECOND * ((i * 15485863) % 400000) END",
    "service": "['mail', 'wifi'][1 + i % 2]",
    "segment": "['researchers', NULL][1 + (i // 7) % 2]",
    "client": "['physics', NULL][1 + (i // 3) % 2]",
    "priority": "'p' || (1 + (i // 5) % 4)",
    "kind": "['incident', 'request', 'information', 'complaint'][1 + (i // 11) % 4]",
    "on_time": "i % 10 > 0",
    "reopened": "(i % 97 = 0)::BIGINT",
}


def catalogue_of(names: list[str]) -> Catalogue:
    """The base case with these ready-made definitions."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for file in BASE.rglob("*"):
            if file.is_file():
                place = project / file.relative_to(BASE)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.read_bytes())
        definitions = project / "indicators" / "definitions"
        definitions.mkdir(parents=True)
        for name in names:
            (definitions / f"{name}.yaml").write_text(yaml.safe_dump({"use": name}), encoding="utf-8")
        catalogue, _ = decode_catalogue(read_project(project, PLACES)[0], pictogram_names())
        return catalogue


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    names = sys.argv[2:] or [
        f.stem for f in sorted(LIBRARY.glob("*.yaml")) if "source: requests" in f.read_text("utf-8")
    ]
    connection = open_engine()
    columns = [
        f'({GIVEN.get(f.name, "NULL")})::{TYPES.get(f.type, "VARCHAR")} AS "{f.name}"'
        for f in FIELDS[Role.REQUESTS]
    ]
    connection.execute(f"CREATE TABLE requests AS SELECT {', '.join(columns)} FROM range({rows}) t(i)")
    lock_down(connection)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    groups = [names, *([[name] for name in names] if len(sys.argv) > 2 else [])]
    for group in groups:
        catalogue = catalogue_of(group)
        start = perf_counter()
        found, problems = measure_catalogue(catalogue, connection, [Quarter(2026, 3)], date(2026, 10, 15))
        took = perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        label = group[0] if len(group) == 1 else f"{len(group)} definitions"
        print(
            f"{label}: {took:.1f} s, {len(found)} measurements, {len(problems)} problems, peak {memory} MB ({before} MB before)"
        )
    connection.close()


if __name__ == "__main__":
    main()
