"""docs/reference/ is what the models say."""

from __future__ import annotations

from pathlib import Path

import pytest

from trimtab.reference import schema
from trimtab.reference.pages import PAGES, render_all
from trimtab.reference.schema import read_settings_schema
from trimtab.reference.words import known_codes
from trimtab.rules.codes import CODES
from trimtab.settings import schema_files

ROOT = Path(__file__).parents[2]
EXPECTED = render_all(read_settings_schema())


@pytest.mark.parametrize("path", EXPECTED)
def test_a_committed_page_is_what_the_models_say(path: str) -> None:
    """After a change of a setting, `make reference` has been run."""
    assert (ROOT / path).read_text() == EXPECTED[path]


def test_no_page_is_left_over() -> None:
    """A component that is gone takes its page along."""
    assert {f"{PAGES}/{path.name}" for path in (ROOT / PAGES).iterdir()} <= set(EXPECTED)


def test_completion_knows_every_code() -> None:
    """The list that is read at each tab is the list of codes."""
    assert known_codes() == tuple(CODES)


def test_there_is_one_folder_of_schemas() -> None:
    """What is explained is what is checked."""
    assert vars(schema)["schema_folder"]() == schema_files.schema_folder()
