"""Sums: what is added up over the rows of a cell in, the aggregate of the engine out; rows may weigh more than one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sum:
    """An aggregate over the kept rows of a cell for which `condition` holds: how many, or the sum of `value`.

    A row that stands for several people counts as often, unless it is not weighted.
    """

    condition: str
    value: str = ""
    is_weighted: bool = True

    def sql(self, weighted: bool) -> str:
        """The same in SQL, each row by its weight where rows have one."""
        kept = f"FILTER (kept AND ({self.condition}))"
        if not (weighted and self.is_weighted):
            return f"sum({self.value}) {kept}" if self.value else f"count(*) {kept}"
        return f"sum(w * {self.value}) {kept}" if self.value else f"coalesce(sum(w) {kept}, 0)"
