"""Inputs: a catalogue and the tables read in; every file that figures come from, with its hash, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from comptoir.measure.reading import Tables
from comptoir.model.catalogue import Catalogue
from comptoir.model.closed import ClosedInput
from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.model.names import digest_names
from comptoir.model.roles import Role
from comptoir.sources.name_pairs import NAMES_FILE

DATA: Final = "data"
NAMES: Final = "names"
"""What names of the files of data stand for: `names.csv`, and codes and aliases in YAML."""
_DEFINING: Final = ("indicator", "source", "agreement", "calendar", "service")
_PROMISED: Final = frozenset({IndicatorKind.WITHIN_TARGET, IndicatorKind.AVAILABILITY})
_EXPRESSIONS: Final = ("where", "value", "numerator", "denominator")


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A file that figures come from: of data (`of` its source), or of the catalogue (`of` an entity)."""

    kind: str
    of: str
    path: str
    sha256: str
    rows: int | None = None

    @property
    def name(self) -> tuple[str, str, str]:
        """What it is, whatever it holds."""
        return self.kind, self.of, self.path


def inputs_of(catalogue: Catalogue, tables: Tables) -> tuple[Input, ...]:
    """Every file that the figures of `catalogue` come from, in order."""
    data = [Input(DATA, file.source, file.path, file.sha256, file.rows) for file in tables.files]
    written = [
        Input(kind, entity.id, entity.file, entity.sha256)
        for kind in _DEFINING
        for entity in catalogue.of_kind(kind).values()
    ]
    organisation = catalogue.organisation
    names = [Input(NAMES, "", NAMES_FILE, digest)] if (digest := digest_names(catalogue)) else []
    one = Input("organisation", "", organisation.file, organisation.sha256)
    return tuple(sorted((*data, *written, *names, one)))


def inputs_as_closed(records: Iterable[ClosedInput]) -> tuple[Input, ...]:
    """The files as a closed quarter names them."""
    return tuple(sorted(Input(one.kind, one.of, one.path, one.sha256, one.rows) for one in records))


def sources_of(indicator: Indicator, roles: Mapping[str, Role]) -> frozenset[str]:
    """The sources that an indicator reads: those of its role, or the one that it names."""
    if indicator.source in {role.value for role in Role if role is not Role.OTHER}:
        return frozenset(name for name, role in roles.items() if role.value == indicator.source)
    return frozenset({indicator.source})


def inputs_for(indicator: Indicator, inputs: Iterable[Input], roles: Mapping[str, Role]) -> tuple[Input, ...]:
    """Those of `inputs` that may change what `indicator` gives; of the files of services, none is told apart."""
    sources = set(sources_of(indicator, roles))
    kinds = {NAMES}
    if indicator.kind is IndicatorKind.WITHIN_TARGET:
        sources |= {name for name, role in roles.items() if role is Role.PAUSES}
    texts = " ".join(filter(None, (getattr(indicator, key) for key in _EXPRESSIONS)))
    if indicator.kind in _PROMISED or "working_" in texts:
        kinds |= {"agreement", "calendar"}
    return tuple(
        one
        for one in inputs
        if one.kind in kinds
        or (one.kind in (DATA, "source") and one.of in sources)
        or (one.kind == "indicator" and one.of == indicator.id)
    )


def changed_inputs(before: Iterable[Input], now: Iterable[Input]) -> tuple[Input, ...]:
    """The files whose content is another, that are new or that are gone, in order; as they are now where they are."""
    then, after = {one.name: one for one in before}, {one.name: one for one in now}
    return tuple(
        after.get(name) or then[name]
        for name in sorted(then.keys() | after.keys())
        if name not in then or name not in after or then[name].sha256 != after[name].sha256
    )
