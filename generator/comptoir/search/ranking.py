"""What somebody types, and an index of words, in; what answers it, the best first, out. Whole numbers only, as in the browser."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

WORDS_FILE: Final = Path(__file__).with_name("words.json")
SAME, MEANT, BEGUN, NEAR, FAR = 100, 70, 40, 50, 35
"""What a word of the index counts that is the one typed, means it, begins with it, has one error, or two: hundredths."""
SHORTEST_STEM: Final = 4
NAMED: Final = 9  # weight of texts, such as names and keywords, whose words in a row count once more


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Stem → how rare it is, in hundredths, and pairs of document (its place in the list) and weight, one flat list."""

    documents: int
    terms: Mapping[str, tuple[int, ...]]


@cache
def shipped_words() -> Mapping[str, Any]:
    """Words that say nothing, words that report a fault, endings, and words that mean the same: normal forms and stems."""
    read = json.loads(WORDS_FILE.read_text("utf-8"))
    suffixes = read["suffixes"].split()
    suffixes.sort(key=lambda suffix: (-len(suffix), suffix))
    return {
        "stop": sorted({*read["stop"].split()}),
        "fault": sorted({*read["fault"].split()}),
        "suffixes": suffixes,
        "synonyms": [
            [_stems(words, suffixes, {*read["stop"].split()}) for words in group.split(",")]
            for group in read["synonyms"]
        ],
    }


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters without accents: 'Œuvre d'été' gives oeuvre, d, ete."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    if not bare.isascii():
        bare = "".join(c for c in bare if not unicodedata.category(c).startswith("M"))
    return re.findall(r"[^\W_]+", bare)


def stem(word: str, suffixes: Sequence[str]) -> str:
    """The word without the longest ending that leaves four letters or more."""
    if not word.endswith(tuple(suffixes)):
        return word
    for suffix in suffixes:
        if len(word) - len(suffix) >= SHORTEST_STEM and word.endswith(suffix):
            return word[: -len(suffix)]
    return word


def _stems(text: str, suffixes: Sequence[str], stop: Collection[str]) -> list[str]:
    return [stem(word, suffixes) for word in plain_words(text) if word not in stop]


@lru_cache(maxsize=50_000)  # each text is in the index of every language and audience
def text_stems(text: str) -> tuple[str, ...]:
    """The stems of a text that is to be found, without the words that say nothing."""
    return tuple(_stems(text, shipped_words()["suffixes"], _stop_words()))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(shipped_words()["stop"])


def asked_stems(question: str) -> list[str]:
    """The stems of what somebody types, each once: without stop words, and without words of faults if others are left."""
    shipped = shipped_words()
    words = plain_words(question)
    said = [word for word in words if word not in shipped["stop"]] or words
    about = [word for word in said if word not in shipped["fault"]] or said
    return list(dict.fromkeys(stem(word, shipped["suffixes"]) for word in about))


def pairs_of(stems: Sequence[str]) -> list[str]:
    """Stems that follow each other: 'video call' says more than both words apart."""
    return [f"{one} {other}" for one, other in pairwise(stems)]


def make_index(documents: Iterable[Iterable[tuple[int, str]]]) -> SearchIndex:
    """The index of documents, each given as pairs of weight and text; a word has the greatest weight of its texts,
    and half as much again where it is the whole text.
    """
    weights: dict[str, dict[int, int]] = {}
    count = 0
    for number, texts in enumerate(documents):
        count += 1
        for weight, text in texts:
            stems = text_stems(text)
            full = weight * 3 // 2 if len(stems) == 1 else weight
            for term in (*stems, *(pairs_of(stems) if weight >= NAMED else ())):
                found = weights.setdefault(term, {})
                found[number] = max(found.get(number, 0), full)
    return SearchIndex(
        count,
        {
            term: (
                round(100 * math.log(1 + count / len(found))),
                *(part for pair in sorted(found.items()) for part in pair),
            )
            for term, found in sorted(weights.items())
        },
    )


def rank(index: SearchIndex, question: str) -> list[tuple[int, int]]:
    """Pairs of document and score, the best first: the sum over what was typed, times the number of words that match."""
    asked = asked_stems(question)
    totals: dict[int, list[int]] = {}
    for place, typed in enumerate((*asked, *pairs_of(asked))):
        best: dict[int, int] = {}
        for term, factor in _candidates(index.terms, typed, asked, place == len(asked) - 1):
            rarity, *pairs = index.terms[term]
            for document, weight in zip(pairs[::2], pairs[1::2], strict=True):
                best[document] = max(best.get(document, 0), weight * rarity * factor // 100)
        for document, score in best.items():
            total = totals.setdefault(document, [0, 0])
            total[0] += score
            total[1] += 1
    scores = ((document, score * matched) for document, (score, matched) in totals.items())
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))


def _candidates(
    terms: Mapping[str, object], typed: str, asked: Sequence[str], is_last: bool
) -> Iterator[tuple[str, int]]:
    """The terms of the index for a typed word, and what each counts; errors of typing only where nothing else is found."""
    if " " in typed:
        yield from [(typed, SAME)] if typed in terms else []
        return
    found = {meant: MEANT for meant in _meant(typed, asked) if meant in terms}
    if len(typed) >= SHORTEST_STEM or (is_last and len(typed) > 1):
        found |= {
            term: BEGUN for term in terms if term.startswith(typed) and " " not in term and term not in found
        }
    if typed in terms:
        found[typed] = SAME
    if not found:
        errors = {
            term: distance(typed, term)
            for term in terms
            if " " not in term and abs(len(term) - len(typed)) <= 2
        }
        allowed = 0 if len(typed) < 3 else 1 if len(typed) < 7 else 2
        found = {
            term: NEAR if count == 1 else FAR
            for term, count in errors.items()
            if count <= allowed and (len(typed) > 3 or sorted(term) == sorted(typed))
        }
    yield from found.items()


def _meant(typed: str, asked: Sequence[str]) -> Iterator[str]:
    """The words that mean the same as the typed one, or as words that were typed with it."""
    for group in shipped_words()["synonyms"]:
        if any(typed in words and all(word in asked for word in words) for words in group):
            for words in group:
                yield " ".join(words)


def distance(one: str, other: str) -> int:
    """Letters to put in, leave out, change or swap with their neighbour to make one of the other (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
