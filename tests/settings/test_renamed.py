"""Renamed settings: the old name works, and says the new one."""

from __future__ import annotations

from trimtab.documents.reader import parse_yaml
from trimtab.settings.layers import Layer, merge_layers
from trimtab.settings.renamed import RENAMED, Renamed, rename_settings

TABLE = (
    Renamed(old=("gitops", "revision"), new=("gitops", "targetRevision"), gone_in="0.5"),
    Renamed(old=("components", "*", "release"), new=("components", "*", "releaseName"), gone_in="0.5"),
)


def layer(text: str) -> Layer:
    """Make a layer of YAML."""
    return Layer(file="a.yaml", document=parse_yaml(text, file="a.yaml").documents[0])


def test_the_old_name_still_works():
    """Its value stands under the new name, and a warning says so."""
    renamed, (warning,) = rename_settings(layer("gitops: {revision: main}"), TABLE)
    assert merge_layers([renamed]).value == {"gitops": {"targetRevision": "main"}}
    assert (warning.code, warning.severity) == ("setting-renamed", "warning")
    assert warning.message == "'gitops.revision' is now called 'gitops.targetRevision'"
    assert warning.help == "rename it; Trimtab 0.5 no longer reads the old name"


def test_places_stay_where_the_old_name_stands():
    """Findings about the new name point at what the user wrote."""
    renamed, _ = rename_settings(layer("x: 1\ngitops: {revision: main}"), TABLE)
    merged = merge_layers([renamed])
    (place,) = merged.places(("gitops", "targetRevision"))
    (key,) = merged.key_places(("gitops", "targetRevision"))
    assert (place.line, place.column) == (2, 20)
    assert (key.column, key.end_column) == (10, 18)


def test_any_key_stays_itself():
    """One entry of the table serves every component."""
    renamed, warnings = rename_settings(layer("components: {a: {release: x}, b: {release: z}}"), TABLE)
    assert merge_layers([renamed]).value == {"components": {"a": {"releaseName": "x"}, "b": {"releaseName": "z"}}}
    assert len(warnings) == 2


def test_both_names_at_once_are_an_error():
    """Nobody can say which was meant; the new one is kept for all further checks."""
    renamed, (error,) = rename_settings(layer("gitops: {revision: a, targetRevision: b}"), TABLE)
    assert merge_layers([renamed]).value == {"gitops": {"targetRevision": "b"}}
    assert (error.code, error.severity) == ("setting-named-twice", "error")
    assert error.related[0].place is not None


def test_a_file_without_old_names_is_itself():
    """No copy, no warning."""
    plain = layer("gitops: {targetRevision: main}")
    assert rename_settings(plain, TABLE) == (plain, ())


def test_the_table_names_no_setting_twice():
    """Two new names for one old would be a coin toss."""
    assert len({entry.old for entry in RENAMED}) == len(RENAMED)
