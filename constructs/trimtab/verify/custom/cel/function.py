"""A function that rules may call beside those of the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Function:
    """One shape of a function of Kubernetes' own."""

    name: str
    takes: tuple[str, ...]
    """Types of what it is given, what it is called on first: `string`, `int`, `list`, `map`, `bool`, `double`."""
    gives: str
    """The type of what comes out: one of those, or `dyn`."""
    run: Callable[..., Any]
    """Raises ValueError where the API server would fail."""
    is_member: bool = True
    """Whether it is called on a value: `x.f()`, not `f(x)`."""


def tag(kind: str, value: str) -> dict[str, str]:
    """Make a value of a type that the language does not have; equal ones are equal.

    Args:
        kind: The type: `quantity`, `ip`, `cidr`, `semver`, `url`.
        value: The value, always written the same way.
    """
    return {f"${kind}": value}


def untag(held: dict[str, Any], kind: str) -> str:
    """Give back what `tag` was given.

    Raises:
        ValueError: It is of another type.
    """
    if f"${kind}" not in held:
        raise ValueError(f"no {kind}")
    return str(held[f"${kind}"])
