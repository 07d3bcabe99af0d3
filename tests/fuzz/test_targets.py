"""Each fuzz target on the inputs that are kept, and on a few that Hypothesis makes up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz_support.targets import FOLDER, list_corpus, list_targets, load_target
from strategy_support.profile import examples

TARGETS = {name: load_target(name) for name in list_targets()}
KEPT = [(name, path) for name in TARGETS for path in list_corpus(name)]
LARGEST = 8 * 1024
"""Bytes of a kept input; those that are deep or long by nature need this much."""


@pytest.mark.parametrize(("name", "path"), KEPT, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_a_kept_input_is_read_or_refused(name: str, path: Path) -> None:
    """Nothing is raised but what the reader's documentation names."""
    TARGETS[name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@examples(10)
@given(data=st.data())
def test_any_bytes_are_read_or_refused(name: str, data: st.DataObject) -> None:
    """Bytes at random, and kept inputs with a piece cut out and another put in."""
    kept = st.sampled_from([path.read_bytes() for path in list_corpus(name)])
    edit = st.tuples(kept, st.integers(0, 400), st.integers(0, 9), st.binary(max_size=9) | st.text(max_size=4))
    content = data.draw(st.binary(max_size=60) | edit.map(_cut))
    TARGETS[name](content)


def _cut(edit: tuple[bytes, int, int, bytes | str]) -> bytes:
    content, at, cut, piece = edit
    new = piece if isinstance(piece, bytes) else piece.encode()
    return content[:at] + new + content[at + cut :]


def test_every_target_has_inputs_and_every_input_a_target() -> None:
    """A target without inputs begins from nothing; a folder without a target is never read."""
    assert {folder.name for folder in (FOLDER / "corpus").iterdir()} == set(TARGETS)
    assert all(list_corpus(name) for name in TARGETS)


def test_kept_inputs_are_small() -> None:
    """They are read in every run, and a reviewer looks at them."""
    large = [str(path) for _, path in KEPT if path.stat().st_size > LARGEST]
    assert large == []
