"""Words of a file: a field and the words that are known in, the same field with these words, and the others, out.

A word is known whatever its capitals and the spaces around it; the words that a source translates are found likewise.
What is still unknown stays as it is, and is told: a row whose word nobody reads is not a row of another kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comptoir.measure.engine import quote
from comptoir.measure.reading.keeping import PLACE, Keeper
from comptoir.measure.reading.types import UnknownName
from comptoir.spaces import fold


def settle_words(keeper: Keeper, field: str, known: frozenset[str]) -> list[UnknownName]:
    """Write the words of a field of text as they are known: those that are not, the most frequent first."""
    column, execute = quote(field), keeper.connection.execute
    seen = execute(f"SELECT DISTINCT {column} FROM {keeper.table} WHERE {column} IS NOT NULL").fetchall()
    strange = sorted(word for (word,) in seen if word not in known)
    meanings = _meanings(keeper.source.columns[field].values, known)
    settled = {word: meanings[fold(word)] for word in strange if fold(word) in meanings}
    if settled:
        execute(
            f"UPDATE {keeper.table} SET {column} = nullif(settled.meaning, '') "
            "FROM (SELECT unnest($1::VARCHAR[]) AS word, unnest($2::VARCHAR[]) AS meaning) settled "
            f"WHERE {column} = settled.word",
            [list(settled), list(settled.values())],
        )
    unknown = [word for word in strange if word not in settled]
    if not unknown:
        return []
    found = execute(
        f"SELECT {column}, count(*), min({PLACE}) FROM {keeper.table} "
        f"WHERE {column} IN (SELECT unnest($1::VARCHAR[])) GROUP BY {column} ORDER BY count(*) DESC, {column}",
        [unknown],
    ).fetchall()
    kind, source = keeper.source.type_of(field), keeper.source.id
    return [
        UnknownName(source, field, kind, word, rows, keeper.locate(place["file"], place["line"]))
        for word, rows, place in found
    ]


def _meanings(values: Mapping[str, str], known: Iterable[str]) -> dict[str, str]:
    """Folded word → what it means, where that is one thing; what the source says goes before what is known."""
    found: dict[str, set[str]] = {}
    for word in known:
        found.setdefault(fold(word), set()).add(word)
    own: dict[str, set[str]] = {}
    for word, meaning in values.items():
        exact = found.get(fold(meaning), {meaning})
        own.setdefault(fold(word), set()).update(exact if len(exact) == 1 else {meaning})
    return {word: min(meant) for word, meant in {**found, **own}.items() if len(meant) == 1}
