"""A version that compares as semantic versioning says and remembers how it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import total_ordering

_VERSION = re.compile(
    r"v?(?P<major>0|[1-9]\d*)\.(?P<minor>0|[1-9]\d*)(?:\.(?P<patch>0|[1-9]\d*))?"
    r"(?:-(?P<pre>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?\Z"
)


@total_ordering
@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version; two are equal when they have the same precedence, however they were written."""

    text: str = field(compare=False)
    """As it was written, a leading `v` included."""
    major: int
    minor_number: int
    patch: int = 0
    pre: tuple[str, ...] = ()
    """The parts of the pre-release, such as `("beta", "0")`; empty for a release."""

    @property
    def minor(self) -> str:
        """The line it belongs to, without a leading `v`: `1.20`."""
        return f"{self.major}.{self.minor_number}"

    @property
    def is_prerelease(self) -> bool:
        """Whether it comes before the release of the same number."""
        return bool(self.pre)

    def __lt__(self, other: Version) -> bool:
        return _rank(self) < _rank(other)

    def __str__(self) -> str:
        return self.text


def parse_version(text: str) -> Version:
    """Read a version such as `v1.20.6`, `1.20` or `1.21.0-beta.0`; build metadata does not count.

    Raises:
        ValueError: `text` is not a version.
    """
    found = _VERSION.match(text)
    if found is None:
        raise ValueError(f"not a version: {text!r}")
    return Version(
        text=text,
        major=int(found["major"]),
        minor_number=int(found["minor"]),
        patch=int(found["patch"] or 0),
        pre=tuple(found["pre"].split(".")) if found["pre"] else (),
    )


def is_version(text: str) -> bool:
    """Say whether `parse_version` would read it."""
    return _VERSION.match(text) is not None


def reaches(text: str, floor: tuple[int, ...]) -> bool | None:
    """Say whether a version is at least another one, as far as that is given; nothing where it is no version.

    Args:
        text: The version.
        floor: Major, minor and patch, or the first of these.
    """
    if not is_version(text):
        return None
    found = parse_version(text)
    return (found.major, found.minor_number, found.patch)[: len(floor)] >= floor


def _rank(version: Version) -> tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]:
    """Order a release after its pre-releases, and numbers before words (semver.org, item 11)."""
    parts = tuple((not p.isdigit(), int(p) if p.isdigit() else 0, p if not p.isdigit() else "") for p in version.pre)
    return version.major, version.minor_number, version.patch, not version.pre, parts
