"""Begins a source: a project and a data file in; the file in the folder of data and the sources of it written, and what is left to decide, out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from comptoir.measure.reading.sampling import SampleError, sample_file
from comptoir.model.catalogue import Catalogue
from comptoir.model.roles import Role
from comptoir.scaffold.new_source import NewSource, guess_role, new_source
from comptoir.scaffold.presets import GENERAL, PresetError, preset_names, read_preset
from comptoir.scaffold.writer import place_data, write_new_files
from comptoir.sources.data_files import ENDINGS

ROLES: Final = tuple(role.value for role in Role)


class BeginError(Exception):
    """Why nothing was begun, for people; `in_content` when that is the file's doing, and not the command's."""

    def __init__(self, message: str, *, in_content: bool = False) -> None:
        super().__init__(message)
        self.in_content = in_content


def begin_source(
    project: Path, catalogue: Catalogue, path: Path, like: str | None, role: str | None
) -> NewSource:
    """Write what can be said of the data file at `path`, by the preset `like` and as the role named. Raises BeginError."""
    if not path.name.lower().endswith(ENDINGS):
        raise BeginError(f"'{path}' ends with none of {', '.join(ENDINGS)}")
    try:
        presets = [read_preset(project, name) for name in (like, GENERAL) if name]
        sample = sample_file(path)
    except PresetError as error:
        raise BeginError(f"{error} (there are {', '.join(preset_names(project))})") from error
    except (SampleError, OSError) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or error}"
        raise BeginError(message, in_content=True) from error
    chosen = Role(role) if role else presets[0].role or guess_role(sample, presets)
    if chosen is None:
        raise BeginError(f"no role stands out from the headings; name one with --role: {', '.join(ROLES)}")
    try:
        made = new_source(place_data(project, path), sample, catalogue, presets, chosen)
        write_new_files(project, made.files)
    except FileExistsError as error:
        raise BeginError(f"{error} is already there; nothing was written over it") from error
    except (ValueError, OSError) as error:
        raise BeginError(f"{error}; nothing was written") from error
    return made
