"""A suggestion is the near name somebody meant, and none where all names are far."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.findings.suggest import edits_between, suggest

SETTINGS = ["blockPools", "cert-manager", "enabled", "image", "ipFamily", "ipv6", "namespace", "off", "replicas", "udp"]
NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=12)


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        ("block_pools", "blockPools"),
        ("BlockPool", "blockPools"),
        ("replica", "replicas"),
        ("replicaCount", "replicas"),
        ("cert_manager", "cert-manager"),
        ("certManager", "cert-manager"),
        ("managerCert", "cert-manager"),
        ("enalbed", "enabled"),
        ("namepsace", "namespace"),
        ("IPFamilies", "ipFamily"),
    ],
)
def test_near_words(word: str, choice: str) -> None:
    """Spelling, plural, order of words and a slip of the finger are seen through."""
    assert suggest(word, SETTINGS) == choice


@pytest.mark.parametrize("word", ["", "_", "on", "tcp", "ipv4", "imagePullSecrets", "zzz", "x" * 100_000])
def test_far_words(word: str) -> None:
    """A word that may well mean something else gets no suggestion."""
    assert suggest(word, SETTINGS) is None


def test_spelling_beats_a_slip() -> None:
    """A name that differs only in its spelling wins over one that is a letter away."""
    assert suggest("node_port", ["nodePart", "nodePort"]) == "nodePort"


def test_the_nearer_spelling_wins() -> None:
    """Between two spellings of one name the one with fewer changed letters is meant."""
    assert suggest("block_pool", ["blockPools", "block_pools"]) == "block_pools"


@given(word=st.text(max_size=12), choices=st.lists(st.text(max_size=12), max_size=6))
def test_a_suggestion_is_another_choice_and_stable(word: str, choices: list[str]) -> None:
    """It is one of the choices, not the word itself, and their order has no influence."""
    found = suggest(word, choices)
    assert found is None or (found in choices and found != word)
    assert suggest(word, reversed(choices)) == found


@given(name=NAMES, data=st.data())
def test_one_swap_is_always_seen_through(name: str, data: st.DataObject) -> None:
    """Two neighbouring letters in the wrong order still lead to the name."""
    at = data.draw(st.integers(0, len(name) - 2))
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assert suggest(swapped, [name]) == (None if swapped == name else name)


@given(st.lists(NAMES, min_size=2, max_size=3))
def test_every_spelling_finds_the_name(words: list[str]) -> None:
    """camelCase, kebab-case and snake_case of the same words mean each other."""
    camel = words[0] + "".join(word.capitalize() for word in words[1:])
    assert suggest("_".join(words), [camel]) == camel
    assert suggest(camel, ["-".join(words)]) == "-".join(words)


@given(st.text(max_size=8), st.text(max_size=8))
def test_distance_is_symmetric(one: str, other: str) -> None:
    """The way there is as long as the way back, and only equal texts are no edits apart."""
    assert edits_between(one, other, 20) == edits_between(other, one, 20)
    assert (edits_between(one, other, 20) == 0) == (one == other)


@given(st.text("ab1", max_size=8), st.text("ab1", max_size=8), st.integers(0, 8))
def test_the_limit_only_hides(one: str, other: str, most: int) -> None:
    """A limit never changes a distance: it is given where it is within the limit, and otherwise not."""
    whole = edits_between(one, other, 20)
    assert whole is not None
    assert edits_between(one, other, most) == (whole if whole <= most else None)


def test_a_big_chart_is_no_wait() -> None:
    """Three thousand keys take less than a second of the processor, however much else it has to do."""
    choices = [re.sub(r"\d", lambda digit: "abcdefghij"[int(digit[0])], f"someKey{number}") for number in range(3000)]
    begun = process_time()
    suggest("someKy", choices)
    assert process_time() - begun < 1
