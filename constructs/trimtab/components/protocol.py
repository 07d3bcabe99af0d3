"""What a component is: a settings model and four functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from trimtab.kube.manifests import Manifests
from trimtab.kube.release import Source
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Offer
from trimtab.settings.component import ComponentSettings


class OffersModule(Protocol):
    """`offers.py`: what the component brings and which applications it is made of."""

    offers: Callable[[Any, Cluster], tuple[Offer, ...]]
    """From its settings and the cluster alone."""
    applications: Callable[[Any, Facts], tuple[Application, ...]]
    """Its applications, with what each needs."""


class ChartsModule(Protocol):
    """`charts.py`: its chart releases by application, pure."""

    charts: Callable[[Any, Facts], Mapping[str, Source]]


class BuildModule(Protocol):
    """`build.py`: the objects of one of its applications, added to a chart."""

    build: Callable[[Manifests, str, Any, Facts], None]


@dataclass(frozen=True)
class Component:
    """A component by name; its modules are imported when they are first asked for."""

    name: str
    always: bool = False
    """Whether every cluster has it without being asked."""

    @property
    def package(self) -> str:
        """Its package; a dash in the name is an underscore there."""
        return f"trimtab.components.{self.name.replace('-', '_')}"

    @property
    def settings(self) -> type[ComponentSettings]:
        """Its settings model."""
        return cast("type[ComponentSettings]", import_module(f"{self.package}.settings").Settings)

    @property
    def offers(self) -> OffersModule:
        """What it brings and needs."""
        return cast("OffersModule", import_module(f"{self.package}.offers"))

    @property
    def charts(self) -> ChartsModule:
        """Its chart releases."""
        return cast("ChartsModule", import_module(f"{self.package}.charts"))

    @property
    def build(self) -> BuildModule:
        """Its objects."""
        return cast("BuildModule", import_module(f"{self.package}.build"))
