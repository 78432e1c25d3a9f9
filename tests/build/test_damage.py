"""What is kept between builds is never believed when it was damaged: the next build equals one from nothing."""

from __future__ import annotations

import shutil
from random import Random

import pytest

from tests.build.commands import built
from tests.build.test_results import KEYS
from tests.conftest import MakeProject
from tests.damage import change_a_byte, files_below

ANSWERS = "date,service,respondent,score\n" + "".join(
    f"2026-0{4 + 3 * (index % 2)}-0{1 + index % 9},mail,respondent-{index:06},{3 + index % 3}\n"
    for index in range(40_000)  # more than a megabyte: its rows are kept
)


@pytest.mark.slow
def test_whatever_was_damaged_is_made_again(make_project: MakeProject) -> None:
    project = make_project(keys={**KEYS, "indicators/data/answers.csv": ANSWERS})
    clean = built(project)
    kept = project / "build" / "kept"
    assert sorted(folder.name for folder in kept.iterdir()) == [
        "charts",
        "measured",
        "pages",
        "printed",
        "published",
        "rows",
    ]
    for seed in range(4):
        chance = Random(seed)
        files = files_below(project / "build")
        for path in files if seed == 0 else chance.sample(files, len(files) // 3):
            if chance.random() < 0.8:
                change_a_byte(path, chance.randrange(10**9), chance.randrange(1, 256))
            else:
                path.write_bytes(path.read_bytes()[: chance.randrange(1000)])
        shutil.rmtree(kept / "published")  # or the whole site, which is as it was, would be taken again
        assert built(project) == clean, seed
    assert built(project) == clean
