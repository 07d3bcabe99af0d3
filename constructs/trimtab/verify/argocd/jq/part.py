"""A part of a jq expression: what it makes of a value, and whether what it makes stands anywhere in the object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, NamedTuple

from trimtab.verify.argocd.jq.tokens import RichError
from trimtab.verify.argocd.jq.values import JqError, Value, is_true, type_of

_MOST_STEPS = 10_000
"""More than this many values on the way, and an expression is left alone: it may double them at each step."""


class Place(Enum):
    """Where a value stands."""

    ANYWHERE = "anywhere"
    """Nobody asks: it is only looked at, as in a condition."""
    IN_OBJECT = "in the object"
    MADE = "made"
    """It was made on the way, so that nothing can be deleted there."""


class Spot(NamedTuple):
    """A value on its way through an expression."""

    value: Value
    place: Place
    is_there: bool
    """Whether the object has it; what is not there is null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A field that an expression asked for by its name, of a mapping that does not have it."""

    name: str
    parent: Mapping[str, Any]


@dataclass(slots=True)
class Scene:
    """What one run of an expression shares."""

    variables: Mapping[str, Value] = field(default_factory=dict)
    steps: list[int] = field(default_factory=lambda: [_MOST_STEPS])
    missed: list[Missed] = field(default_factory=list)

    def step(self) -> None:
        """Count a step.

        Raises:
            RichError: There were too many.
        """
        self.steps[0] -= 1
        if self.steps[0] < 0:
            raise RichError("its many steps")

    def bind(self, name: str, value: Value) -> Scene:
        """Give the same scene with one variable more."""
        return replace(self, variables={**self.variables, name: value})


Run = Callable[[Scene, Spot], Iterator[Spot]]


@dataclass(frozen=True, slots=True)
class Part:
    """A filter."""

    run: Run
    is_made: bool = False
    """Whether all that it gives is made on the way, whatever it is given: Argo CD can delete none of it."""

    def values(self, scene: Scene, spot: Spot) -> Iterator[Value]:
        """Give the values alone, wherever they stand."""
        return (one.value for one in self.run(scene, spot._replace(place=Place.ANYWHERE)))


def make(spot: Spot, value: Value) -> Spot:
    """Give a value that stands nowhere in the object."""
    return Spot(value, Place.ANYWHERE if spot.place is Place.ANYWHERE else Place.MADE, is_there=True)


def go(scene: Scene, spot: Spot, key: Value) -> Spot:
    """Step from a value to one in it.

    Raises:
        JqError: It has no such keys, or the value stands nowhere.
    """
    _check_place(spot)
    scene.step()
    value, kind = spot.value, type_of(key)
    if isinstance(value, Mapping) and kind == "string":
        is_there = key in value
        if not is_there:
            scene.missed.append(Missed(name=key, parent=value))
        return Spot(value.get(key), spot.place, is_there=is_there and spot.is_there)
    if isinstance(value, str) and kind == "number":
        raise RichError("a character of a text")
    if isinstance(value, list) and kind == "number":
        is_there = -len(value) <= int(key) < len(value)
        return Spot(value[int(key)] if is_there else None, spot.place, is_there=is_there and spot.is_there)
    if value is None and kind in {"string", "number", "null"}:
        return Spot(None, spot.place, is_there=False)
    if kind in {"object", "array"}:
        raise RichError("a list or mapping as a key")
    raise JqError(f"{type_of(value)} has no such keys")


def go_each(scene: Scene, spot: Spot) -> Iterator[Spot]:
    """Step from a value to all in it.

    Raises:
        JqError: There is nothing in it, or it stands nowhere.
    """
    _check_place(spot)
    value = spot.value
    if not isinstance(value, Mapping | list):
        raise JqError(f"cannot iterate over {type_of(value)}")
    for inner in list(value.values()) if isinstance(value, Mapping) else value:
        scene.step()
        yield Spot(inner, spot.place, spot.is_there)


def cut(scene: Scene, spot: Spot, start: Value, end: Value) -> Spot:
    """Step from a list to a part of it.

    Raises:
        JqError: It is no list, or the ends are no numbers.
    """
    _check_place(spot)
    scene.step()
    if spot.value is None:
        return Spot(None, spot.place, is_there=False)
    if isinstance(spot.value, str):
        raise RichError("a part of a text")
    if not isinstance(spot.value, list) or {type_of(start), type_of(end)} - {"null", "number"}:
        raise JqError("cannot take a part")
    begin, stop = (None if one is None else int(one) for one in (start, end))
    part = spot.value[begin:stop]
    return Spot(part, spot.place, is_there=bool(part) and spot.is_there)


def catch(body: Part, scene: Scene, spot: Spot, handler: Callable[[str], Iterator[Spot]]) -> Iterator[Spot]:
    """Run a part up to its first error, then what is done about that."""
    inner = body.run(scene, spot)
    while True:
        try:
            one = next(inner)
        except StopIteration:
            return
        except JqError as error:
            yield from handler(str(error))
            return
        yield one


def select(condition: Part) -> Run:
    """Let through what a condition holds for."""
    return lambda scene, spot: (spot for one in condition.values(scene, spot) if is_true(one))


def refuse(word: str) -> Run:
    """Give what says that it is not evaluated."""

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        raise RichError(word)

    return run


def _check_place(spot: Spot) -> None:
    if spot.place is Place.MADE:
        raise JqError("no path")
