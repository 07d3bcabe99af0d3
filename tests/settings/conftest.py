"""A small project to check, and components made up for it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

from trimtab.documents.reader import parse_yaml
from trimtab.findings.finding import Finding
from trimtab.settings.build import build_settings
from trimtab.settings.check import check_settings
from trimtab.settings.component import ComponentSettings
from trimtab.settings.layers import Layer, Merged, merge_layers
from trimtab.settings.model import DnsLabel, Duration, Model, Port, Quantity
from trimtab.settings.schema import settings_schema
from trimtab.settings.schemas import SettingsValidator, build_validator

MINIMAL = """
cluster: place7
kubernetes: {version: "1.35"}
network: {pods: ["2001:db8:1::/56"], services: ["2001:db8:2::/108"]}
gitops: {repoURL: "https://git.example.org/platform.git"}
"""


class Level(StrEnum):
    """How much it says."""

    QUIET = "quiet"
    LOUD = "loud"


class StorageClass(Model):
    """A storage class."""

    name: DnsLabel
    """Its name."""
    default: bool = False
    """Whether volumes without a class get it."""


class Pool(Model):
    """A pool of storage."""

    replicas: int = Field(3, ge=1, le=9)
    """Copies of everything."""
    storage_class: StorageClass | None = None
    """The class that takes volumes from it."""
    ratio: float = Field(0.5, gt=0, lt=1)
    """How full it may be."""


class Step(Model):
    """One step."""

    kind: Literal["wait", "run"]
    """What it does."""
    interval: Duration = "10m"
    """How often."""


class Shop(ComponentSettings):
    """A component made up for tests."""

    pools: dict[DnsLabel, Pool] = Field({})
    """Pools by name."""
    steps: list[Step] = Field([], max_length=4)
    """Steps in their order."""
    shares: dict[Literal["front", "back"], int] = Field({})
    """How much each part gets."""
    levels: dict[Level, int] = Field({})
    """How often each is heard."""
    level: Level = Level.QUIET
    """How much it says."""
    port: Port = 8080
    """Where it listens."""
    capacity: Quantity | None = None
    """How much it holds."""
    admin_password: str | None = Field(None, pattern="^[a-z]+$", title="a name in lower case", examples=["shop"])
    """The name of what holds the password."""


class Till(ComponentSettings):
    """Another component made up for tests."""

    notes: Literal["none"] | Step | list[DnsLabel] = "none"
    """Notes in any of three forms."""

    drawer: Pool = Field(default_factory=Pool)
    """Where the money lies."""


COMPONENTS: dict[str, type[ComponentSettings]] = {"shop": Shop, "till": Till}

Check = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def components() -> dict[str, type[ComponentSettings]]:
    """Two components: `shop` has every kind of setting, `till` almost none."""
    return COMPONENTS


@pytest.fixture(scope="session")
def validator() -> SettingsValidator:
    """The validator of settings with these components."""
    return build_validator(settings_schema(COMPONENTS))


def _merge(*texts: str) -> tuple[Merged, dict[str, str]]:
    sources = {f"layer{index}.yaml": textwrap.dedent(text) for index, text in enumerate(texts)}
    layers = []
    for file, text in sources.items():
        parsed = parse_yaml(text, file=file)
        assert not parsed.findings
        layers.append(Layer(file=file, document=parsed.documents[0]))
    return merge_layers(layers), sources


@pytest.fixture(scope="session")
def merge() -> Callable[..., Merged]:
    """Merge texts of YAML, the lowest first."""
    return lambda *texts: _merge(*texts)[0]


@pytest.fixture(scope="session")
def check(validator: SettingsValidator) -> Check:
    """Check layers of YAML laid over a valid cluster."""

    def run(*texts: str, base: str = MINIMAL) -> list[Finding]:
        merged, sources = _merge(base, *texts)
        return check_settings(merged, validator, sources)

    return run


@pytest.fixture(scope="session")
def build() -> Callable[..., object]:
    """Build the models of layers of YAML laid over a valid cluster."""
    return lambda *texts: build_settings(_merge(MINIMAL, *texts)[0], COMPONENTS)


@pytest.fixture
def project(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files of a project, by name."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return write
