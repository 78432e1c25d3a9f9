"""Text is written in Markdown: HTML tags in it are shown as they are written, not obeyed (a warning).

Passes::

    # catalogue/services/mail.yaml
    description: {fr: 'Du courrier **sûr**.', en: 'Mail that is **safe**.'}

Fails::

    # catalogue/services/mail.yaml
    description: {fr: 'Du courrier <b>sûr</b>.', en: 'Mail that is safe.'}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.markdown import find_raw_html
from comptoir.model.catalogue import Catalogue
from comptoir.problems import Problem, Severity
from comptoir.rules.walking import is_sane_markdown, locate_inside, texts

RULE: Final = "raw-html"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """HTML tags in Markdown."""
    for written in texts(catalogue):
        for _, path, text in written.variants():
            if "<" not in text or not is_sane_markdown(text, written.place):
                continue
            tags = [tag for _, tag in find_raw_html(text)]
            for tag, where in locate_inside(written, path, tags):
                shown = tag if len(tag) <= 40 else tag[:40] + "…"
                message = f"the HTML tag {shown} will be shown as text"
                yield Problem(where, RULE, message, "use Markdown, such as **bold**", Severity.WARNING)
