"""The Jinja environment: folders of templates and a language in, templates that can neither run nor reach anything out."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType
from typing import Any, Final, TypeAlias

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from comptoir.wording import Language


class PageError(Exception):
    """A template, which may be a project's own, cannot make its page; the message says which, where and why."""


class _Compiled(BytecodeCache):
    """Templates that this process compiled, by their name and text: each language uses the same ones.

    They are never written: code that comes from a file would be run whoever put it there.
    """

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, bucket.code


_COMPILED: Final = _Compiled()

Templates: TypeAlias = ImmutableSandboxedEnvironment
"""Templates by name; they reach nothing but their view."""


class _Inside(FileSystemLoader):
    """Templates that lie in their folder: a hidden one, and a link that leads out, would show any file of this machine."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """As the base class, which follows links."""
        folders = [Path(folder).resolve() for folder in self.searchpath]
        found = next((path for folder in folders if (path := folder / template).exists()), None)
        is_inside = found is not None and any(found.resolve().is_relative_to(folder) for folder in folders)
        if not is_inside or any(part.startswith(".") for part in template.split("/")):
            raise TemplateNotFound(template, f"'{template}' not found in the folders of templates")
        return super().get_source(environment, template)


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja, which asks the same of the same types again and again, a hundred thousand times for a site."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """True when templates may see the attribute: that hangs on the type of its owner and on its name alone."""
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


def template_environment(folders: Sequence[Path], language: Language, *, is_html: bool = True) -> Templates:
    """Templates by name, from the first of `folders` that has them. `_` and `ngettext` speak `language`.

    What they show is escaped for HTML, unless they make plain text.

    Templates may come from a project, so they run in a sandbox and see nothing but their view.
    """
    environment = _Sandbox(
        loader=_Inside([str(folder) for folder in folders]),
        autoescape=is_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_COMPILED,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        language.gettext, language.ngettext, newstyle=True
    )
    environment.globals["language"] = language.code
    return environment


def write_page(environment: Templates, template: str, view: Any) -> str:
    """What `template` makes of `view`, which it sees as `page`. Raises PageError when it fails."""
    try:
        return environment.get_template(template).render(page=view)
    except Exception as error:  # a template may fail in any way
        reason = "it takes more memory than a template may" if isinstance(error, MemoryError) else error
        raise PageError(f"the template {_place(error, template)}: {reason}") from error


def _place(error: Exception, template: str) -> str:
    """The template and line at fault: a template may fail in one that it imports."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or template}:{error.lineno}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else template
