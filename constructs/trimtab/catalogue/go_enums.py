"""The texts that a field of Kubernetes' API may hold, told from the Go types that declare them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_ENUM = re.compile(r"((?:^[ \t]*//[^\n]*\n)+)type (\w+) string$", re.MULTILINE)
_ALIAS = re.compile(r"^type (\w+) = (\w+)$", re.MULTILINE)
_CONSTANT = re.compile(r'^\s*(?:const )?\w+\s+(\w+)\s*=\s*"([^"]*)"', re.MULTILINE)
_CONVERTED = re.compile(r'^\s*(?:const )?\w+\s*=\s*(\w+)\("([^"]*)"\)', re.MULTILINE)
"""The other way to write a constant: `PathTypeExact = PathType("Exact")`."""
_UNREAD = re.compile(r"^\s*(?:const )?\w+\s*(?:(\w+)\s*)?=\s*(?:(\w+)\([^\"]|[^\"\s])", re.MULTILINE)
"""A constant that is made of another one: a type with one of those is left open rather than half told."""
_STRUCT = re.compile(r"^type (\w+) struct \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r'^\s*\w+\s+([*\[\]]*)(?:(\w+)\.)?(\w+)\s+`json:"(\w+)[",]', re.MULTILINE)
_CORE = ("v1", "corev1", "api", "core")
"""What files of other groups call the core group's package."""

Place = tuple[str, str]
"""A type such as `core.v1.ServiceSpec` and a field of it as JSON spells it."""


@dataclass(slots=True)
class _Package:
    enums: dict[str, list[str]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    fields: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Struct, field as JSON spells it, qualifier of the field's type, name of the field's type."""


def build_enums(sources: Mapping[str, str]) -> dict[Place, tuple[str, ...]]:
    """Tell which fields hold one of a few texts.

    Args:
        sources: The text of each package's `types.go`, by its name such as `core.v1`.

    Returns:
        The texts, sorted, by type and field; a field that is a list of such texts is among them.
    """
    packages = {name: _parse(text) for name, text in sources.items()}
    found: dict[Place, tuple[str, ...]] = {}
    for name, package in packages.items():
        for struct, key, qualifier, type_name in package.fields:
            home = packages.get("core.v1") if qualifier in _CORE else package if not qualifier else None
            texts = _texts(home, type_name) if home else ()
            if texts:
                found[f"{name}.{struct}", key] = texts
    return found


def _texts(package: _Package, type_name: str) -> tuple[str, ...]:
    names = {type_name, package.aliases.get(type_name, type_name)}
    names |= {alias for alias, target in package.aliases.items() if target in names}
    if not names & package.enums.keys():
        return ()
    return tuple(sorted({text for name in names for text in package.enums.get(name, ())}))


def _parse(text: str) -> _Package:
    unread = {name for pair in _UNREAD.findall(text) for name in pair}
    marked = {name for comment, name in _ENUM.findall(text) if "+enum" in comment} - unread
    aliases = dict(_ALIAS.findall(text))
    enums: dict[str, list[str]] = {name: [] for name in marked}
    for name, value in (*_CONSTANT.findall(text), *_CONVERTED.findall(text)):
        if name in marked or aliases.get(name) in marked:
            enums.setdefault(name, []).append(value)
    return _Package(enums=enums, aliases=aliases, fields=list(_iter_fields(text)))


def _iter_fields(text: str) -> Iterator[tuple[str, str, str, str]]:
    for struct, body in _STRUCT.findall(text):
        for _, qualifier, type_name, key in _FIELD.findall(body):
            yield struct, key, qualifier, type_name
