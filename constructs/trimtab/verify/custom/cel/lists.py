"""Lists, sets and texts in rules: `self.isSorted()`, `sets.contains(a, b)`, `self.find("[0-9]+")`.

Source: k8s.io/apiserver pkg/cel/library/lists.go and regex.go, cel-go ext/sets.go.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from trimtab.verify.custom.cel.function import Function

_READ_OTHERWISE = re.compile(r"\\[pPzQCZ]|\[\[:|\(\?(?![:P])|\(\?P[=>]")
"""What RE2 and Python read differently, or only one of them reads."""


def _pattern(text: str) -> re.Pattern[str]:
    if _READ_OTHERWISE.search(text):
        raise NotImplementedError(f"the pattern {text}")
    return re.compile(text, re.ASCII)


def _find(text: str, pattern: str) -> str:
    match = _pattern(pattern).search(text)
    return match[0] if match else ""


def _find_all(text: str, pattern: str, limit: int = -1) -> list[str]:
    found = [match[0] for match in _pattern(pattern).finditer(text)]
    return found if limit < 0 else found[:limit]


def _index(items: list[Any], item: Any) -> int:
    return next((position for position, one in enumerate(items) if one == item), -1)


def _last_index(items: list[Any], item: Any) -> int:
    return next((position for position in range(len(items) - 1, -1, -1) if items[position] == item), -1)


def _extreme(choose: Any) -> Any:
    def run(items: list[Any]) -> Any:
        if not items:
            raise ValueError("the list is empty")
        return choose(items)

    return run


def _contains(one: list[Any], other: list[Any]) -> bool:
    return all(item in one for item in other)


def _are_equivalent(one: list[Any], other: list[Any]) -> bool:
    return _contains(one, other) and _contains(other, one)


FUNCTIONS = (
    Function("isSorted", ("list",), "bool", lambda items: all(a <= b for a, b in pairwise(items))),
    Function("sum", ("list",), "dyn", sum),
    Function("min", ("list",), "dyn", _extreme(min)),
    Function("max", ("list",), "dyn", _extreme(max)),
    Function("find", ("string", "string"), "string", _find),
    Function("findAll", ("string", "string"), "list", _find_all),
    Function("findAll", ("string", "string", "int"), "list", _find_all),
    Function("sets.contains", ("list", "list"), "bool", _contains, is_member=False),
    Function("sets.intersects", ("list", "list"), "bool", lambda a, b: any(x in b for x in a), is_member=False),
    Function("sets.equivalent", ("list", "list"), "bool", _are_equivalent, is_member=False),
)

_ON_TEXTS = (
    Function("indexOf", ("string", "string"), "int", str.find),
    Function("indexOf", ("string", "string", "int"), "int", str.find),
    Function("lastIndexOf", ("string", "string"), "int", str.rfind),
    Function("split", ("string", "string"), "list", lambda text, by: text.split(by) if by else list(text)),
    Function("join", ("list",), "string", "".join),
    Function("join", ("list", "string"), "string", lambda items, by: by.join(items)),
    Function("lowerAscii", ("string",), "string", lambda text: text.encode().lower().decode()),
    Function("upperAscii", ("string",), "string", lambda text: text.encode().upper().decode()),
    Function("trim", ("string",), "string", str.strip),
    Function("replace", ("string", "string", "string"), "string", str.replace),
    Function("charAt", ("string", "int"), "string", lambda text, at: text[at : at + 1]),
    Function("substring", ("string", "int"), "string", lambda text, start: text[start:]),
    Function("substring", ("string", "int", "int"), "string", lambda text, start, end: text[start:end]),
)

_KINDS = ("string", "int", "double", "bool", "map", "list")
SECOND = (
    *(Function("indexOf", ("list", kind), "int", _index) for kind in _KINDS),
    *(Function("lastIndexOf", ("list", kind), "int", _last_index) for kind in _KINDS),
    *_ON_TEXTS,
)
"""In the place of the engine's own functions of texts, which leave no room for those of lists by the same names."""
