"""Did you mean: the known name that a mistyped one comes nearest to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W_A-Za-z0-9]+")
_MOST_EDITS = 4
"""More changes than this is another word, however long the name."""

Rank = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name without the ways people spell it: case, `-`, `_`, `.`, plural."""

    words: tuple[str, ...]
    letters: str


def suggest(word: str, choices: Iterable[str]) -> str | None:
    """Find the name somebody meant.

    Args:
        word: What was written, in any spelling: `block_pools` for `blockPools`, `replica` for `replicas`.
        choices: The names there are, in any order.

    Returns:
        The nearest of `choices` other than `word` itself; nothing where all are far.
    """
    name = _name(word)
    best: tuple[Rank, int, str] | None = None
    for choice in choices:
        rank = _rank(name, _name(choice)) if choice != word else None
        if rank is not None:
            found = (rank, _plain_edits(word, choice), choice)
            best = min(best, found) if best else found
    return best[2] if best else None


def edits_between(one: str, other: str, most: int) -> int | None:
    """Count the edits that turn one text into another: a letter more, less, other, or two neighbours swapped.

    A digit for another digit counts twice: it is seldom a slip of the finger, `ipv4` does not mean `ipv6`.

    Returns:
        The number of edits, or nothing where there are more than `most`.

    Source: optimal string alignment, the Damerau-Levenshtein distance in which no part is edited twice.
    """
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + _change(letter, there))
            if i > 1 and j > 1 and letter == other[j - 2] and there == one[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return None
    return row[-1] if row[-1] <= most else None


@lru_cache(maxsize=8192)
def _name(text: str) -> _Name:
    words = tuple(_singular(word.lower()) for word in _WORD.findall(text))
    return _Name(words, "".join(words))


def _change(letter: str, there: str) -> int:
    if letter == there:
        return 0
    return 2 if letter.isdigit() and there.isdigit() else 1


def _rank(name: _Name, choice: _Name) -> Rank | None:
    """Say how far apart two names are, near first: spelling, order of words, slips, a word more or less."""
    if not name.letters or not choice.letters:
        return None
    if name.letters == choice.letters:
        return (0, 0)
    if sorted(name.words) == sorted(choice.words):
        return (1, 0)
    edits = edits_between(name.letters, choice.letters, _allowed_edits(name.letters, choice.letters))
    if edits is not None:
        return (2, edits)
    return (3, 0) if _is_part(name, choice) or _is_part(choice, name) else None


def _allowed_edits(one: str, other: str) -> int:
    return min(_MOST_EDITS, max(len(one), len(other)) // 3)


def _is_part(short: _Name, long: _Name) -> bool:
    """Tell whether one name begins or ends with the other and is more than half of it: `replicas`, `replicaCount`."""
    count = len(short.words)
    ends = short.words in (long.words[:count], long.words[-count:])
    return ends and count < len(long.words) and 2 * len(short.letters) > len(long.letters)


def _plain_edits(word: str, choice: str) -> int:
    longest = max(len(word), len(choice))
    edits = edits_between(word, choice, min(longest, 2 * _MOST_EDITS))
    return longest if edits is None else edits


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word
