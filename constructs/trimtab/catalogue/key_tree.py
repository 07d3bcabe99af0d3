"""The values a chart reads, as a tree: whether a key is known, and which one was meant if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trimtab.findings.path import ROOT, Path
from trimtab.findings.suggest import suggest

ANY_NAME = "*"
OPEN_FLAG = "*"
EACH_FLAG = "+"
_EMPTY_TYPES = frozenset({"any", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The chart reads this key, or hands all that lies around it on."""

    type: str | None = None
    """The type upstream's own value has; nothing below a free-form map."""
    is_bare: bool = False
    """Whether upstream leaves it empty, and no template reads a key below it by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The chart never reads this key."""

    at: Path
    """The path down to the first key that is not known."""
    suggestion: Path | None = None
    """The known key that was probably meant."""


@dataclass(slots=True, kw_only=True)
class Node:
    """One key of a chart's values and the keys below it."""

    type: str = "map"
    is_open: bool = False
    """Free-form: anything below is handed on."""
    children: dict[str, Node] = field(default_factory=dict)
    """By name; `*` stands for an item of any name, inside which only the known keys are read."""


def build_tree(keys: Mapping[str, str]) -> Node:
    """Build the tree from `{dotted path: type and flags}`; a dot inside a key is written with a backslash before it."""
    root = Node()
    for dotted, flagged in keys.items():
        node = root
        for key in split_keys(dotted):
            node = node.children.setdefault(key, Node())
        node.type = flagged.rstrip(OPEN_FLAG + EACH_FLAG)
        node.is_open = flagged.endswith(OPEN_FLAG)
    return root


def split_keys(dotted: str) -> tuple[str, ...]:
    r"""Split `a.b\.c` into `a` and `b.c`."""
    return tuple(part.replace("\0", ".") for part in dotted.replace("\\.", "\0").split("."))


def find_key(root: Node, keys: Path) -> Known | Unknown:
    """Say whether the chart knows the key at this path; lists are free-form, so a position in one ends the search."""
    nodes = [root]
    for depth, key in enumerate(keys):
        if isinstance(key, int):
            return Known()
        below = _step(nodes, key)
        if not below:
            if any(node.is_open for node in nodes):
                return Known()
            return Unknown(at=keys[: depth + 1], suggestion=_suggest(root, nodes, keys[:depth], key))
        nodes = [*below, *_free_form(nodes)]
    is_bare = not any(node.children for node in nodes)
    return Known(type=nodes[0].type, is_bare=is_bare and nodes[0].type in _EMPTY_TYPES)


def iter_unknown(root: Node, values: Mapping[str, object]) -> Iterator[Path]:
    """Give the path of every key that the chart never reads, the topmost of each branch, in the order of `values`."""
    yield from _iter_unknown([root], values, ROOT)


def _iter_unknown(nodes: list[Node], values: Mapping[str, object], at: Path) -> Iterator[Path]:
    for key, value in values.items():
        below = _step(nodes, key)
        is_free = any(node.is_open for node in nodes)
        if not below and not is_free:
            yield (*at, key)
        elif below and not is_free and isinstance(value, Mapping):
            yield from _iter_unknown(below, value, (*at, key))


def _step(nodes: list[Node], key: str) -> list[Node]:
    found = [node.children[key] for node in nodes if key in node.children]
    return found + [node.children[ANY_NAME] for node in nodes if ANY_NAME in node.children]


def _free_form(nodes: list[Node]) -> list[Node]:
    """Carry free-form ancestors along: everything below them is allowed, however deep."""
    return [Node(is_open=True)] if any(node.is_open for node in nodes) else []


def _suggest(root: Node, nodes: list[Node], at: Path, key: str) -> Path | None:
    """Guess which key was meant: a similar one beside it, else the only one of that name anywhere in the chart."""
    beside = [name for node in nodes for name in node.children if name != ANY_NAME]
    similar = suggest(key, beside)
    if similar:
        return (*at, similar)
    moved = [path for path in _iter_paths(root, ROOT) if path[-1] == key]
    return moved[0] if len(moved) == 1 else None


def _iter_paths(node: Node, at: Path) -> Iterator[Path]:
    for key, child in node.children.items():
        if key != ANY_NAME:
            yield (*at, key)
            yield from _iter_paths(child, (*at, key))
