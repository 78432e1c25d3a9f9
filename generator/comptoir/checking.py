"""The content of a project: its folder in, the catalogue and every problem in it out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from comptoir.brand import pictogram_names
from comptoir.model.catalogue import PLACES, Catalogue
from comptoir.model.decode_reports import decode_project
from comptoir.problems import Problem, sort_problems
from comptoir.publish.configuration import read_configuration
from comptoir.rules import check_catalogue
from comptoir.sources.project import read_project


def check_project(
    project: Path, today: date, data: Path | None = None
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue of `project` and every problem in it, in the order of places.

    `data` is where the files of sources are looked for; the project's own folder of data if None.
    """
    files, problems = read_project(project, PLACES, data)
    catalogue, problems_of_form = decode_project(files, pictogram_names())
    problems += problems_of_form
    problems += read_configuration(project)[1]
    problems += check_catalogue(catalogue, today)
    return catalogue, sort_problems(problems)
