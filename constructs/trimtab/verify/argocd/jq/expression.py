"""A jq expression as Argo CD uses it: everything it leads to is deleted before two objects are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from trimtab.verify.argocd.jq.grammar import Reader
from trimtab.verify.argocd.jq.part import Missed, Part, Place, Scene, Spot
from trimtab.verify.argocd.jq.tokens import RichError, read_tokens
from trimtab.verify.argocd.jq.values import JqError


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an expression finds in one object."""

    leads: bool
    """Whether anything would be deleted."""
    missed: tuple[Missed, ...]
    """The fields it asked for that were not there."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that leads from an object to values in it."""

    _part: Part

    @property
    def is_made(self) -> bool:
        """Whether it gives nothing but values made on the way, so that it deletes nothing of any object."""
        return self._part.is_made

    def look_into(self, manifest: Mapping[str, Any]) -> Outcome:
        """Look what it leads to in an object. An error on the way and nothing is deleted, as with Argo CD.

        Raises:
            RichError: It uses more of jq than is evaluated here, or takes too many steps.
        """
        scene = Scene()
        try:
            spots = list(self._part.run(scene, Spot(manifest, Place.IN_OBJECT, is_there=True)))
            leads = any(spot.is_there for spot in spots) and all(spot.place is not Place.MADE for spot in spots)
        except JqError:
            leads = False
        except RecursionError:
            raise RichError("its depth") from None
        return Outcome(leads=leads, missed=tuple(scene.missed))

    def leads_somewhere(self, manifest: Mapping[str, Any]) -> bool:
        """Say whether an object has anything that it leads to.

        Raises:
            RichError: It uses more of jq than is evaluated here, or takes too many steps.
        """
        return self.look_into(manifest).leads


@lru_cache(maxsize=512)
def compile_jq(text: str) -> Expression:
    """Read an expression.

    Args:
        text: The expression, such as `.webhooks[]?.clientConfig.caBundle`.

    Raises:
        SyntaxFaultError: jq does not read it, or it calls a function that there is not.
        RichError: It is longer or deeper than anybody writes by hand.
    """
    return Expression(Reader(read_tokens(text)).read_all())
