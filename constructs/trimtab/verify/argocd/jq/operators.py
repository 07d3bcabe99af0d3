"""Filters made of filters: paths, pipes, operators, conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, product

from trimtab.verify.argocd.jq.part import Part, Scene, Spot, catch, cut, go, go_each, make, refuse
from trimtab.verify.argocd.jq.tokens import RichError
from trimtab.verify.argocd.jq.values import JqError, Value, calculate, is_true, order_key, to_text

SAME = Part(lambda _, spot: iter((spot,)))
"""`.`"""

_UPDATES = frozenset({"=", "|=", "+=", "-=", "*=", "/=", "%=", "//="})


def parse_number(text: str) -> float:
    """Read a number."""
    return int(text) if text.isdigit() else float(text)


def constant(value: Value) -> Part:
    """Give what is always the same."""
    return Part(lambda _, spot: iter((make(spot, value),)), is_made=True)


def variable(name: str) -> Part:
    """Give what a variable holds; the environment is empty."""
    return Part(lambda scene, spot: iter((make(spot, scene.variables.get(name, {})),)), is_made=True)


def rich(word: str, *, is_made: bool = False) -> Part:
    """Give what is read and not evaluated."""
    return Part(refuse(word), is_made=is_made)


def pipe(first: Part, second: Part) -> Part:
    """Run one after the other."""

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for inner in first.run(scene, spot):
            scene.step()
            yield from second.run(scene, inner)

    return Part(run, is_made=first.is_made or second.is_made)


def comma(parts: Sequence[Part]) -> Part:
    """Run each on the same value."""
    return Part(
        lambda scene, spot: chain.from_iterable(one.run(scene, spot) for one in parts),
        is_made=all(one.is_made for one in parts),
    )


def step(source: Part, key: Part) -> Part:
    """Step to a key, which is worked out from what comes in."""

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for one in key.values(scene, spot):
            for inner in source.run(scene, spot):
                yield go(scene, inner, one)

    return Part(run, is_made=source.is_made)


def iterate(source: Part) -> Part:
    """Step to all that is in a value."""
    return Part(
        lambda scene, spot: (one for inner in source.run(scene, spot) for one in go_each(scene, inner)),
        is_made=source.is_made,
    )


def cut_out(source: Part, start: Part | None, end: Part | None) -> Part:
    """Step to a part of a list."""

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        ends = [[None] if one is None else list(one.values(scene, spot)) for one in (start, end)]
        for begin, stop in product(*ends):
            for inner in source.run(scene, spot):
                yield cut(scene, inner, begin, stop)

    return Part(run, is_made=source.is_made)


def collect(inner: Part) -> Part:
    """Make a list."""
    return Part(lambda scene, spot: iter((make(spot, list(inner.values(scene, spot))),)), is_made=True)


def construct(fields: Sequence[tuple[Part, Part]]) -> Part:
    """Make a mapping: one for each way to choose keys and values."""

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        pairs = [
            [(key, value) for key in keys.values(scene, spot) for value in values.values(scene, spot)]
            for keys, values in fields
        ]
        for chosen in product(*pairs):
            scene.step()
            if not all(isinstance(key, str) for key, _ in chosen):
                raise JqError("a key is no text")
            yield make(spot, dict(chosen))

    return Part(run, is_made=True)


def text(parts: Sequence[str | Part]) -> Part:
    """Make a text, with what expressions in it give."""
    if all(isinstance(part, str) for part in parts):
        return constant("".join(map(str, parts)))

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        pieces = [
            [part] if isinstance(part, str) else [to_text(one) for one in part.values(scene, spot)] for part in parts
        ]
        for chosen in product(*pieces):
            scene.step()
            yield make(spot, "".join(chosen))

    return Part(run)


def bind(source: Part, name: str, body: Part) -> Part:
    """Run a part with a variable."""

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for value in source.values(scene, spot):
            scene.step()
            yield from body.run(scene.bind(name, value), spot)

    return Part(run, is_made=body.is_made)


def choose(condition: Part, yes: Part, no: Part) -> Part:
    """Run one of two parts."""

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for answer in condition.values(scene, spot):
            scene.step()
            yield from (yes if is_true(answer) else no).run(scene, spot)

    return Part(run, is_made=yes.is_made and no.is_made)


def handle(body: Part, handler: Part) -> Part:
    """Run a part, and another on the error that ends it."""

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        return catch(body, scene, spot, lambda error: handler.run(scene, make(spot, error)))

    return Part(run, is_made=body.is_made and handler.is_made)


def operate(sign: str, left: Part, right: Part) -> Part:
    """Put an operator between two parts."""
    if sign == "//":
        return _otherwise(left, right)
    if sign in _UPDATES:
        return rich(sign)
    if sign in {"and", "or"}:
        return _join_conditions(sign, left, right)

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for other in list(right.values(scene, spot)):
            for one in left.values(scene, spot):
                scene.step()
                yield make(spot, _COMPARE[sign](one, other) if sign in _COMPARE else calculate(sign, one, other))

    # What `null + .a` gives still stands where it stood.
    return Part(run, is_made=sign != "+")


def _otherwise(left: Part, right: Part) -> Part:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        is_any = False
        for one in catch(left, scene, spot, _refuse_error):
            if is_true(one.value):
                is_any = True
                yield one
        if not is_any:
            yield from right.run(scene, spot)

    return Part(run, is_made=left.is_made and right.is_made)


def _refuse_error(error: str) -> Iterator[Spot]:
    raise RichError(f"an error before '//': {error}")


def _join_conditions(sign: str, left: Part, right: Part) -> Part:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for one in left.values(scene, spot):
            scene.step()
            if is_true(one) is (sign == "or"):
                yield make(spot, sign == "or")
            else:
                yield from (make(spot, is_true(other)) for other in right.values(scene, spot))

    return Part(run, is_made=True)


_COMPARE: Mapping[str, Callable[[Value, Value], bool]] = {
    "==": lambda one, other: order_key(one) == order_key(other),
    "!=": lambda one, other: order_key(one) != order_key(other),
    "<": lambda one, other: order_key(one) < order_key(other),
    "<=": lambda one, other: order_key(one) <= order_key(other),
    ">": lambda one, other: order_key(one) > order_key(other),
    ">=": lambda one, other: order_key(one) >= order_key(other),
}
