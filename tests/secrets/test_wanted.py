"""The list holds every Secret once, with all who read it."""

from __future__ import annotations

from typing import Any

import pytest

from secrets_support.made import make_wanted
from trimtab.plan.application import Application, WantedSecret
from trimtab.secrets.wanted import Use, list_wanted


def application(by: str, **secret: Any) -> Application:
    """Give an application that wants one Secret."""
    wanted = WantedSecret(**{"namespace": "shop", "name": "database", "keys": ("password",), **secret})
    return Application(name=by, component="c", namespace="shop", secrets=(wanted,))


def test_what_several_say_is_put_together() -> None:
    """Keys, formats, labels and readers of one Secret come from all who name it."""
    [one] = list_wanted(
        [
            application("web", why="reads", labels=(("b", "2"),)),
            application("db", why="writes", keys=("user", "password"), formats=("", "8 random characters")),
            application("web", why="reads", by_hand=True, labels=(("a", "1"),), type="example.org/t"),
        ]
    )
    assert one.full_name == "shop/database"
    assert one.keys == {"password": "8 random characters", "user": ""}
    assert one.uses == (Use(application="web", why="reads"), Use(application="db", why="writes"))
    assert (one.by_hand, one.type, one.labels) == (True, "example.org/t", {"a": "1", "b": "2"})


def test_secrets_are_sorted_by_namespace_and_name() -> None:
    """The same settings give the same list."""
    found = list_wanted([application("a", name="z"), application("b", namespace="a"), application("c")])
    assert [one.full_name for one in found] == ["a/database", "shop/database", "shop/z"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"a": "8 random characters", "b": "the text x"}, True),
        ({"a": "8 random characters", "b": "bcrypt htpasswd line of u and a"}, True),
        ({"b": "bcrypt htpasswd line of u and a"}, False),
        ({"a": "the text x", "b": "bcrypt htpasswd line of u and a"}, False),
        ({"a": "8 random characters", "b": "a certificate in PEM"}, False),
        ({}, False),
    ],
)
def test_a_machine_makes_all_of_a_secret_or_none(keys: dict[str, str], *, expected: bool) -> None:
    """Half a Secret would let pods start with a key missing."""
    assert make_wanted(keys).is_generatable is expected
