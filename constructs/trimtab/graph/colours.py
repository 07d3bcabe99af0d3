"""A colour a component: told apart in grey too, since the box says the component in words."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

PALETTE = (
    "#3b7dd8",
    "#d9822b",
    "#2f9e6e",
    "#a855c9",
    "#d64550",
    "#1d9aaa",
    "#b08a1e",
    "#6366d1",
    "#d45a9a",
    "#6f9a2d",
    "#a0624b",
    "#4f8fb3",
)
"""Seen on white and on near black; their greys differ where their hues are near."""

OWN = "#808890"
"""What is the user's own."""


def plan_colours(components: Iterable[str]) -> dict[str, str]:
    """Give each component a colour of its own; mostly the same one in every cluster, since its name chooses first."""
    taken: dict[str, str] = {}
    for component in sorted(set(components) - {"own"}):
        first = crc32(component.encode()) % len(PALETTE)
        turned = PALETTE[first:] + PALETTE[:first]
        taken[component] = next((colour for colour in turned if colour not in taken.values()), turned[0])
    return {**taken, "own": OWN}
