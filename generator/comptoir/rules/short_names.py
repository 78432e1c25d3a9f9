"""What narrow places show of long names is told apart: posters, slides and charts have room for 48 characters.

Where nobody wrote a `short_name`, one is cut out of the name; two services that look the same there are a warning.

Passes::

    # catalogue/services/mail.yaml
    name: {fr: "Demander une autorisation de voirie pour un déménagement (particuliers)", en: "Ask for a permit to park a van on the street when you move (households)"}
    short_name: {fr: Voirie – déménagement, en: Street permit for moving}

Fails::

    # catalogue/services/mail.yaml
    name: "Request for permission to use the public highway (household)"
    # catalogue/services/wifi.yaml
    name: "Request for permission to use the public highway (company)"
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import KINDS, Catalogue
from comptoir.model.titled import SHORT_NAME, TitledEntity
from comptoir.problems import Problem, Severity
from comptoir.spaces import fold

RULE: Final = "short-name"
_LISTED: Final = 4


def _shown_of(entity: TitledEntity) -> str:
    """What narrow places show of the first name that was cut."""
    pairs = zip(entity.name.variants(), entity.official_name.variants(), strict=False)
    return next((short for (_, short), (_, long) in pairs if short != long), "")


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Proposed short names that are also those of another entity; and, once for each kind, that some were proposed."""
    for kind in KINDS:
        if not issubclass(kind.model, TitledEntity):
            continue
        entities = [one for one in catalogue.of_kind(kind.name).values() if isinstance(one, TitledEntity)]
        shown: defaultdict[str, list[TitledEntity]] = defaultdict(list)
        for entity in entities:
            for _, text in entity.name.variants():
                shown[fold(text)].append(entity)
        proposed = [entity for entity in entities if entity.has_proposed_name]
        told: set[str] = set()
        for entity in proposed:
            text = next((text for _, text in entity.name.variants() if len(shown[fold(text)]) > 1), "")
            same = sorted({one.id for one in shown[fold(text)]}) if text else []
            if len(same) > 1 and text not in told:
                told.add(text)
                listed = ", ".join(same[:_LISTED]) + ("…" if len(same) > _LISTED else "")
                message = f"narrow places show '{text}' for {len(same)} {kind.plural}: {listed}"
                hint = f"write a 'short_name' of {SHORT_NAME} characters at most for each"
                yield Problem(entity.locate("name"), RULE, message, hint, Severity.WARNING)
        if proposed:
            first = proposed[0]
            count = f"{len(proposed)} {kind.plural if len(proposed) > 1 else kind.name}"
            message = (
                f"{count} with a name of more than {SHORT_NAME} characters and no 'short_name': "
                f"posters, slides and charts show '{_shown_of(first)}' here"
            )
            yield Problem(first.locate("name"), RULE, message, severity=Severity.NOTICE)
