"""Words of a file: a field and the words that are known in, the same field with these words, and the others, out.

A word is known whatever its capitals and the spaces around it; the words that a source translates are found likewise.
What is still unknown stays as it is, and is told: a row whose word nobody reads is not a row of another kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comptoir.measure.reading.keeping import PLACE, Keeper
from comptoir.measure.reading.types import UnknownName
from comptoir.measure.sql.engine import quote
from comptoir.spaces import fold


def settle_words(
    keeper: Keeper, field: str, known: frozenset[str], spelled: Mapping[str, str]
) -> list[UnknownName]:
    """Write the words of a field of text as they are known: those that are not, the most frequent first.

    `spelled`: folded word → the known one that it stands for; the others stand for themselves.
    """
    column, execute = quote(field), keeper.connection.execute
    seen = execute(f"SELECT DISTINCT {column} FROM {keeper.table} WHERE {column} IS NOT NULL").fetchall()
    strange = sorted(word for (word,) in seen if word not in known)
    meanings = _with_own(keeper.source.columns[field].values, {**_meanings_of(known), **spelled})
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


def _meanings_of(words: Iterable[str]) -> dict[str, str]:
    """Folded word → the word, where that is one."""
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(fold(word), set()).add(word)
    return {folded: min(meant) for folded, meant in found.items() if len(meant) == 1}


def _with_own(values: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Folded word → what it means, where that is one thing; what the source says goes before what is known."""
    own: dict[str, set[str]] = {}
    for word, meaning in values.items():
        own.setdefault(fold(word), set()).add(known.get(fold(meaning), meaning))
    settled = {word: min(meant) for word, meant in own.items() if len(meant) == 1}
    return {word: meaning for word, meaning in known.items() if word not in own} | settled
