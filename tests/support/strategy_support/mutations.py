"""One value wrong at a time, in the ways in which people and programs get values wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from strategy_support.places import iter_paths, put
from strategy_support.valid import LETTERS
from trimtab.findings.path import Path, get_value, render_path


@dataclass(frozen=True, slots=True)
class Mutation:
    """Settings with one thing wrong in them."""

    value: Any
    path: Path
    """What was changed, or the key that was added."""
    how: str

    def __repr__(self) -> str:
        return f"{self.how} at {render_path(self.path)}: {str(get_value(self.value, self.path))[:200]}"


def _nest(depth: int) -> Any:
    value: Any = "deep"
    for _ in range(depth):
        value = {"a": value}
    return value


OTHERS: Mapping[str, Any] = {
    "another type": st.sampled_from([{}, {"a": 1}, [], [1], True, 7, "text", 0.5]),
    "null": st.none(),
    "huge": st.sampled_from([2**63, -(2**63), 10**15, "x" * 5000, ["x"] * 100]),
    "unicode": st.text(LETTERS, max_size=12) | st.sampled_from(["\u202eabc", "١٢", "\U0001f600", "e\u0301", "\u00a0"]),
    "too deep": st.sampled_from([30, 90]).map(_nest),
    "out of range": st.sampled_from([-1, 0, 65536, 2**53 + 1, -(2**31) - 1]),
    "nothing in it": st.sampled_from(["", " ", [], {}]),
}
"""What a value is replaced by."""


def _misspell(key: str) -> str:
    return key[:-1] if len(key) > 4 else f"{key}s"


def _with_key(name: Callable[[str], str]) -> Callable[[Any, Path], tuple[Any, Path]]:
    """Write another key in place of one, at the same place in its mapping."""

    def change(value: Any, path: Path) -> tuple[Any, Path]:
        holder, key = get_value(value, path[:-1]), path[-1]
        renamed = {name(str(key)) if one == key else one: child for one, child in holder.items()}
        return put(value, path[:-1], renamed), (*path[:-1], name(str(key)))

    return change


_MISSPELT = _with_key(_misspell)
_UNKNOWN = _with_key(lambda key: f"zzz{key}")


@st.composite
def mutations(draw: st.DrawFn, value: Any, under: Path = ()) -> Mutation:
    """Make settings wrong at one place.

    Args:
        draw: Hypothesis' own.
        value: The settings, right.
        under: Where in them to look for something to change.
    """
    paths = [path for path in iter_paths(value) if path and path[: len(under)] == under]
    path = draw(st.sampled_from(paths))
    how = draw(st.sampled_from([*OTHERS, "misspelt key", "unknown key"]))
    if how in OTHERS:
        return Mutation(put(value, path, draw(OTHERS[how])), path, how)
    keyed = path if isinstance(path[-1], str) else path[:-1]
    changed, where = (_MISSPELT if how == "misspelt key" else _UNKNOWN)(value, keyed)
    return Mutation(changed, where, how)
