"""Fresh values have the form that was asked for, and come from the source of randomness alone."""

from __future__ import annotations

import base64
from itertools import count

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secrets_support.made import count_up, make_wanted
from trimtab.doors.randomness import read_random
from trimtab.secrets.generating import generate_values, plan_namespaces, plan_secret


@given(length=st.integers(1, 80))
def test_random_characters_are_letters_and_digits(length: int) -> None:
    """So many as were asked for, and none that a shell or a URL would take for something else."""
    value = generate_values(make_wanted({"a": f"{length} random characters"}), read_random)["a"]
    assert len(value) == length
    assert value.isascii()
    assert value.isalnum()


def test_no_character_is_likelier_than_another() -> None:
    """Of the 256 bytes, those that would favour the first letters are thrown away."""
    fresh = count()
    drawn = generate_values(
        make_wanted({"a": "310 random characters"}), lambda n: bytes(next(fresh) % 256 for _ in range(n))
    )["a"]
    assert {drawn.count(letter) for letter in set(drawn)} == {5}


def test_random_bytes_are_written_in_base64() -> None:
    """The length is that of the bytes."""
    value = generate_values(make_wanted({"a": "32 random bytes in base64"}), count_up)["a"]
    assert base64.b64decode(value, validate=True) == count_up(32)


def test_a_line_of_a_password_file_opens_with_its_password() -> None:
    """The line is made from the password in the same Secret, at Go's usual cost, in the order of the keys."""
    wanted = make_wanted({"LINE": "bcrypt htpasswd line of harbor and PASSWD", "PASSWD": "16 random characters"})
    values = generate_values(wanted, read_random)
    user, _, digest = values["LINE"].partition(":")
    assert list(values) == ["LINE", "PASSWD"]
    assert (user, digest[:7]) == ("harbor", "$2y$10$")
    assert bcrypt.checkpw(values["PASSWD"].encode(), digest.encode())
    assert not bcrypt.checkpw(b"other", digest.encode())


def test_what_only_a_person_knows_is_refused() -> None:
    """The error names the Secret."""
    with pytest.raises(ValueError, match="shop/database"):
        generate_values(make_wanted({"a": "a certificate in PEM"}), count_up)


def test_the_secret_has_its_type_and_labels() -> None:
    """Argo CD finds a repository by its label."""
    made = plan_secret(make_wanted({"a": ""}, labels={"x": "y"}, type="example.org/t"), {"a": "v"})
    assert made["metadata"] == {"name": "database", "namespace": "shop", "labels": {"x": "y"}}
    assert (made["type"], made["stringData"]) == ("example.org/t", {"a": "v"})
    assert "labels" not in plan_secret(make_wanted({"a": ""}), {})["metadata"]


def test_namespaces_come_first_and_once() -> None:
    """Kubernetes brings its own; the others are not there on day 0."""
    wanted = [make_wanted({}, namespace=name) for name in ("b", "kube-system", "a", "b")]
    assert [one["metadata"] for one in plan_namespaces(wanted)] == [{"name": "a"}, {"name": "b"}]
