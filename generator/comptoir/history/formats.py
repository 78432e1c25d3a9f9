"""Changes in, text out: for people, for a merge request, for programs. Does no output itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final

from comptoir.history.types import CatalogueChange, ChangeKind
from comptoir.wording import N_, NP_, Language

FORMAT_VERSION: Final = "1.0"
CHANGE_WORDS: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.SERVICE_GONE: N_("Services qui ne sont plus au catalogue"),
    ChangeKind.SERVICE_ENDING: N_("Services qui s’arrêtent"),
    ChangeKind.OFFERING_GONE: N_("Variantes supprimées"),
    ChangeKind.PROMISE_WEAKER: N_("Promesses affaiblies"),
    ChangeKind.PROMISE_DIFFERENT: N_("Promesses changées, sans comparaison possible"),
    ChangeKind.PRICE_RAISED: N_("Prix en hausse"),
    ChangeKind.HOURS_SHORTER: N_("Heures réduites"),
    ChangeKind.LESS_INCLUDED: N_("Moins de choses comprises"),
    ChangeKind.FEWER_ELIGIBLE: N_("Réservés à moins de monde"),
    ChangeKind.SERVICE_NEW: N_("Nouveaux services"),
    ChangeKind.SERVICE_LIVE: N_("Services ouverts"),
    ChangeKind.OFFERING_NEW: N_("Nouvelles variantes"),
    ChangeKind.PROMISE_STRONGER: N_("Promesses renforcées"),
    ChangeKind.PRICE_LOWERED: N_("Prix en baisse"),
    ChangeKind.HOURS_LONGER: N_("Heures étendues"),
    ChangeKind.MORE_INCLUDED: N_("Plus de choses comprises"),
    ChangeKind.MORE_ELIGIBLE: N_("Ouverts à plus de monde"),
    ChangeKind.OWNER: N_("Responsables changés"),
    ChangeKind.WORDS: N_("Textes retouchés"),
}
_NOTHING: Final = N_("Rien n’a changé pour les clients.")
_FROM_TO: Final = N_("{before} → {after}")


def format_changes(changes: Sequence[CatalogueChange], language: Language) -> str:
    """A heading for each kind of change, and a line for each."""
    return _headed(changes, language, "", "  ") or language.say(_NOTHING)


def format_markdown(changes: Sequence[CatalogueChange], language: Language) -> str:
    """The same for the text of a merge request. Names are those of the catalogue: marks of Markdown in them are escaped."""
    return _headed(changes, language, "### ", "- ", escape=True) or language.say(_NOTHING)


def format_change_json(changes: Sequence[CatalogueChange], language: Language) -> str:
    """A versioned object: `changes`, each with what it is about, in words, and when."""
    return json.dumps(
        {
            "version": FORMAT_VERSION,
            "changes": [
                {
                    "kind": change.kind,
                    "weakens": change.kind.weakens,
                    "subject": {"kind": change.subject[0], "id": change.subject[1], "name": change.name},
                    "before": change.before,
                    "after": change.after,
                    "services": list(change.services),
                    "day": change.day.isoformat() if change.day else None,
                    "notice_days": change.notice_days,
                }
                for change in changes
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _headed(
    changes: Sequence[CatalogueChange], language: Language, heading: str, item: str, *, escape: bool = False
) -> str:
    blocks = []
    for kind, group in groupby(changes, key=lambda change: change.kind):
        lines = [f"{heading}{language.say(CHANGE_WORDS[kind])}"]
        lines += [f"{item}{_escaped(change_line(change, language), escape)}" for change in group]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def change_line(change: CatalogueChange, language: Language) -> str:
    """A change on one line: what it is about, before and after, and from when."""
    if change.before and change.after:
        said = language.say(_FROM_TO, before=change.before, after=change.after)
    else:
        said = change.before or change.after
    line = language.say(N_("{name} : {text}"), name=change.name, text=said) if said else change.name
    if change.day and change.kind.weakens:
        line += language.say(NP_("a day after a change", " (le {day})"), day=language.day(change.day))
    return line


def _escaped(text: str, escape: bool) -> str:
    if not escape:
        return text
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)


DIFF_FORMATS: Final[Mapping[str, Callable[[Sequence[CatalogueChange], Language], str]]] = MappingProxyType(
    {"text": format_changes, "markdown": format_markdown, "json": format_change_json}
)
