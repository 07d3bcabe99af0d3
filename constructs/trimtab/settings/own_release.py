"""A release of a component that the catalogue does not hold, as the user names it."""

from __future__ import annotations

from pydantic import Field

from trimtab.settings.model import Model, ReleaseVersion

_MINOR = r"^1\.[0-9]{1,2}$"


class OwnRange(Model):
    """Minors of Kubernetes, both ends included."""

    oldest: str = Field(title="a minor version", pattern=_MINOR, examples=["1.33"])
    """The oldest that upstream supports."""
    newest: str | None = Field(None, title="a minor version", pattern=_MINOR, examples=["1.36"])
    """The newest that upstream supports. Default: upstream names none."""


class OwnRelease(Model):
    """A release of a component that the catalogue does not hold; what is not said is as with the release it is like."""

    like: ReleaseVersion | None = Field(None, examples=["3.5.0"])
    """The release in the catalogue that it takes after. Default: the newest of its minor, else the newest below it."""
    charts: dict[str, ReleaseVersion] = Field({}, examples=[{"fluent-bit": "0.58.2"}])
    """Versions of its charts, by the chart's name. Only for those that count otherwise than the release: a chart whose
    version is the release's moves with it."""
    kubernetes: OwnRange | None = Field(None, examples=[{"oldest": "1.33", "newest": "1.36"}])
    """The minors of Kubernetes that upstream supports with it."""
