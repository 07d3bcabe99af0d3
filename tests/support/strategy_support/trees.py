"""Trees of objects with anything in the place of anything."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from strategy_support.places import iter_paths, put
from trimtab.documents.reader import parse_yaml

TOP = Path(__file__).resolve().parents[3]
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1.5, 80, 2**53, "", "x", "8Gi", "a/b", "1e3", "²", "-", "[", "*", "{{a}}"),
        "x" * 300,
        *([], {}, [{}], [None], [[]], [1, "a"], {"a": None}, {"a": [1]}, {"": {}}, {"name": 1}, [{"name": None}]),
        *({"matchLabels": 1}, {"a": {"b": {"c": []}}}, "https://[::1", "10.0.0.0/33", "latest@", "@every ²"),
    ]
)  # fmt: skip
"""What stands where it should not: every type, and texts that are nearly right."""


@functools.cache
def load_objects() -> list[Any]:
    """Give one object of each kind in `dist/`, the shortest."""
    found: dict[tuple[Any, Any], tuple[int, Any]] = {}
    for path in sorted((TOP / "dist").glob("*/*/**/*.yaml")):
        if path.stat().st_size > 8000 or not ("manifests" in path.parts or "root" in path.parts):
            continue
        content = path.read_bytes()
        for document in parse_yaml(content, file=path.name).documents:
            value: Any = document.value
            key = value.get("apiVersion"), value.get("kind")
            if key not in found or found[key][0] > len(content):
                found[key] = len(content), value
    return [value for _, value in found.values()]


@st.composite
def hostile(draw: st.DrawFn, value: Any, most: int = 3) -> Any:
    """Replace a few parts of an object by anything; it stays one that a reader takes for an object."""
    for _ in range(draw(st.integers(1, most))):
        path = draw(st.sampled_from([path for path in iter_paths(value) if _is_free(path)]))
        value = put(value, path, draw(ODD))
    return value


def _is_free(path: tuple[Any, ...]) -> bool:
    return bool(path) and path not in {("apiVersion",), ("kind",), ("metadata",), ("metadata", "name")}
