"""Edits at random, one after the other: after each, a build with what is kept gives the very site of one from nothing.

    python benchmarks/edits.py [COUNT] [PROJECT] [--only site]

100 edits of this repository's demonstration if nothing is said. Works on a copy; stops at the first site that differs. The time of
processors of both builds is shown, and their ratio; at the end the median and the largest ratio, of words and of the other edits.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from random import Random
from statistics import median

from build import REPOSITORY, build, copy_content

sys.path.insert(0, str(REPOSITORY))
from tests.edits import edit_at_random


def read_site(site: Path) -> dict[str, bytes]:
    """Every file of a site by its path in it."""
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def main() -> None:
    """Edit, build both ways, compare. Raises SystemExit with the files that differ, or when a build fails."""
    arguments = sys.argv[1:]
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 100
    given = arguments and not arguments[0].startswith("-")
    project = Path(arguments.pop(0)).resolve() if given else REPOSITORY
    chance, ratios = Random(count), dict[str, list[float]]()
    with tempfile.TemporaryDirectory() as folder:
        kept, fresh = Path(folder, "kept"), Path(folder, "fresh")
        kept.mkdir()
        copy_content(project, kept)
        build(kept, arguments)
        for number in range(1, count + 1):
            done = edit_at_random(kept, chance)
            again, _ = build(kept, arguments)
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            copy_content(kept, fresh)
            whole, _ = build(fresh, arguments)
            one, other = read_site(kept / "site"), read_site(fresh / "site")
            differing = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
            if differing:
                raise SystemExit(f"after {done}, these differ: {', '.join(differing[:20])}")
            ratios.setdefault("words" if done.startswith("words of ") else "others", []).append(again / whole)
            print(f"{number:4d}  {again:6.2f} s  {again / whole:5.2f} × from nothing  {done}", flush=True)
    for kind, found in sorted(ratios.items(), reverse=True):
        print(
            f"{len(found):4d} edits of {kind:6s}  median {median(found):.2f}, largest {max(found):.2f} × from nothing"
        )


if __name__ == "__main__":
    main()
