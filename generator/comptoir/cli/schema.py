"""`comptoir schema`: the JSON Schemas from which editors complete and check the YAML of a project."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from rich.console import Console

from comptoir.cli.console import FINE
from comptoir.publish.swap import check_place
from comptoir.scaffold.editor import SCHEMA_FOLDER, editor_schemas
from comptoir.scaffold.writer import renew_files


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("schema", help="write JSON Schemas for editors", description=__doc__)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(SCHEMA_FOLDER),
        metavar="DIR",
        help=f"where they go ({SCHEMA_FOLDER} if left out)",
    )
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write one file a kind, over the previous ones."""
    schemas = editor_schemas()
    check_place(arguments.out, Path())
    renew_files(arguments.out, schemas)
    console.print(f"{len(schemas)} schemas written into {arguments.out}", markup=False)
    return FINE
