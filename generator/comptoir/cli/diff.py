"""`comptoir diff`: what a change of the catalogue means to customers."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from comptoir.audiences import audiences_of, for_audience
from comptoir.checking import check_project
from comptoir.cli.console import CONTENT, FINE, USAGE, add_today, choose_today, complain, say_error
from comptoir.history.changes import compare_catalogues
from comptoir.history.formats import DIFF_FORMATS
from comptoir.history.notice import check_notice
from comptoir.history.revisions import RevisionError, write_revision
from comptoir.model.catalogue import Catalogue
from comptoir.problems import ContentError, errors
from comptoir.wording import language


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("diff", help="tell what a change means to customers", description=__doc__)
    what = "a revision of git (a commit, tag or branch), or the folder of a project"
    parser.add_argument("old", metavar="OLD", help=what)
    parser.add_argument("new", metavar="NEW", nargs="?", help=f"{what}; the project as it is if left out")
    parser.add_argument(
        "--format", choices=tuple(DIFF_FORMATS), default="text", help="how to write the changes"
    )
    parser.add_argument("--audience", metavar="NAME", help="for whom (the narrowest audience if left out)")
    parser.add_argument(
        "--language", metavar="CODE", help="in which language (the first of the project if left out)"
    )
    parser.add_argument(
        "--project", default=".", type=Path, metavar="PROJECT", help="its folder (here if left out)"
    )
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the changes; 1 when one comes with less notice than promised, 2 for an unknown revision or audience."""
    today = choose_today(arguments.today)
    with TemporaryDirectory(prefix="comptoir-") as scratch:
        try:
            old, new = (
                _catalogue(arguments.project, wanted, Path(scratch) / place, today)
                for wanted, place in ((arguments.old, "old"), (arguments.new, "new"))
            )
        except RevisionError as error:
            say_error(str(error))
            return USAGE
    names = [audience.id for audience in audiences_of(new.organisation)]
    audience = arguments.audience or names[-1]
    code = arguments.language or new.organisation.languages[0]
    if audience not in names or code not in new.organisation.languages:
        known = ", ".join((*names, *new.organisation.languages))
        say_error(f"no such audience or language in this project (known: {known})")
        return USAGE
    before = (
        for_audience(old, audience) if audience in {a.id for a in audiences_of(old.organisation)} else old
    )
    changes = compare_catalogues(before, for_audience(new, audience), language(code), today)
    console.out(DIFF_FORMATS[arguments.format](changes, language(code)), highlight=False)
    problems = tuple(check_notice(changes, old, new, today))
    complain(problems)
    return CONTENT if errors(problems) else FINE


def _catalogue(project: Path, wanted: str | None, scratch: Path, today: date) -> Catalogue:
    """The catalogue of a revision, of a folder, or of the project as it is; what cannot be read stops only the new one."""
    if wanted is None:
        folder = project
    elif (Path(wanted) / "catalogue").is_dir():
        folder = Path(wanted)
    else:
        write_revision(project, wanted, scratch)
        folder = scratch
    catalogue, problems = check_project(folder, today)
    if not catalogue.organisation.file or (folder == project and errors(problems)):
        raise ContentError(problems)  # what has errors would seem to be gone
    return catalogue
