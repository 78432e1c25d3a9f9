"""The Jinja environment: folders of templates and a language in, templates that can neither run nor reach anything out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from comptoir.text import Language


def template_environment(folders: Sequence[Path], language: Language) -> ImmutableSandboxedEnvironment:
    """Templates by name, from the first of `folders` that has them. `_` and `ngettext` speak `language`.

    Templates may come from a project, so they run in a sandbox and see nothing but their view.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        language.gettext, language.ngettext, newstyle=True
    )
    environment.globals["language"] = language.code
    return environment
