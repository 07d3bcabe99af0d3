"""Renders are kept by all that decides them, and read only where they are whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from helm_support.made import config_map, definition, make_request, names, pack_chart, render_release
from trimtab.charts.render import render_releases
from trimtab.charts.render_cache import RenderCache, make_key, open_render_cache
from trimtab.charts.rendering import NotRendered, Rendered
from trimtab.doors.cache import Cache
from trimtab.doors.helm import Helm, HelmEnded

ARCHIVE = pack_chart({})
HELM = Helm(path="/usr/bin/helm", version="v4.1.4")


class FakeHelm:
    """Writes what it is told to, one text after the other, and counts."""

    def __init__(self, *outputs: str, code: int = 0) -> None:
        self.outputs = outputs
        self.code = code
        self.calls: list[tuple[str, ...]] = []

    def __call__(
        self,
        helm: Helm,  # noqa: ARG002
        arguments: Sequence[str],
        files: Mapping[str, bytes],  # noqa: ARG002
        *,
        elsewhere: bool = False,  # noqa: ARG002
    ) -> HelmEnded:
        """Answer with the next text."""
        self.calls.append(tuple(arguments))
        output = self.outputs[(len(self.calls) - 1) % len(self.outputs)]
        return HelmEnded(code=self.code, output=output.encode(), complaint="Error: no")


@pytest.fixture
def cache(tmp_path: Path) -> RenderCache:
    """Give an empty cache."""
    return RenderCache(Cache(tmp_path))


def test_the_second_time_nothing_runs(cache: RenderCache) -> None:
    """Neither helm, nor the reading of the archive."""
    fake = FakeHelm(f"{config_map('one')}---{definition('bees', 'Bee')}")
    first = render_release(make_request(ARCHIVE), helm=HELM, cache=cache, run=fake)

    def refuse() -> bytes:
        raise AssertionError("the archive was read")

    again = render_release(make_request(ARCHIVE, read_archive=refuse), helm=HELM, cache=cache, run=fake)
    assert first == again
    assert len(fake.calls) == 2


def test_a_new_process_finds_it_too(tmp_path: Path) -> None:
    """What is on the disk is all of it, definitions and unstable fields too."""
    fake = FakeHelm(*(f"{config_map('one', f'{{x: {word}}}')}---{definition('bees', 'Bee')}" for word in "pq"))
    answers = [
        render_release(make_request(ARCHIVE), helm=HELM, cache=RenderCache(Cache(tmp_path)), run=fake) for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert isinstance(answers[1], Rendered)
    assert names(answers[1].crds) == ["bees.example.org"]
    assert [one.field for one in answers[1].unstable] == [("data", "x")]
    assert len(fake.calls) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"digest": "0" * 64},
        {"values": {"a": 2}},
        {"release_name": "other"},
        {"namespace": "other"},
        {"kube_version": "1.36"},
        {"api_versions": ("x/v1",)},
        {"include_crds": False},
    ],
)
def test_whatever_decides_the_render_is_part_of_the_key(change: dict[str, Any]) -> None:
    """Two inputs that may give two outputs never share an entry."""
    assert make_key(make_request(ARCHIVE, **{"values": {"a": 1}, **change}), "v4") != make_key(
        make_request(ARCHIVE, {"a": 1}), "v4"
    )


def test_helm_is_part_of_the_key_and_the_order_of_values_is_not() -> None:
    """Helm sorts maps itself; another helm may write another text."""
    one, two = make_request(ARCHIVE, {"a": 1, "b": 2}), make_request(ARCHIVE, {"b": 2, "a": 1})
    assert make_key(one, "v4.1.4") == make_key(two, "v4.1.4")
    assert make_key(one, "v4.1.4") != make_key(one, "v4.2.1")


def test_settings_path_is_no_part_of_the_key() -> None:
    """Two clusters share a render, and each finding points to its own settings."""
    requests = [make_request(ARCHIVE, at=("components", name)) for name in ("one", "two")]
    fake = FakeHelm(*(config_map("one", f"{{x: {word}}}") for word in "pq"))
    answers = render_releases(requests, helm=HELM, cache=None, run=fake)
    assert [answer.findings[0].path for answer in answers] == [("components", "one"), ("components", "two")]
    assert len(fake.calls) == 2


def test_a_refusal_is_not_kept(cache: RenderCache) -> None:
    """The user is about to mend it."""
    fake = FakeHelm("", code=1)
    for _ in range(2):
        assert isinstance(render_release(make_request(ARCHIVE), helm=HELM, cache=cache, run=fake), NotRendered)
    assert len(fake.calls) == 2


def test_a_damaged_entry_is_rendered_anew(tmp_path: Path) -> None:
    """Half a file, or one whose definitions were cleared away, is as good as none."""
    fake = FakeHelm(definition("bees", "Bee"))
    for _ in range(3):
        render_release(make_request(ARCHIVE), helm=HELM, cache=RenderCache(Cache(tmp_path)), run=fake)
        min(tmp_path.iterdir()).write_bytes(b"half")
    assert len(fake.calls) == 6


def test_an_archive_that_is_another_one_is_never_rendered() -> None:
    """Its digest is checked where its bytes are used."""
    request = make_request(ARCHIVE, digest="0" * 64)
    with pytest.raises(ValueError, match="not the one of its digest"):
        render_release(request, helm=HELM, cache=None, run=FakeHelm(""))


def test_renders_lie_beside_the_clusters_and_not_among_them(tmp_path: Path) -> None:
    """Each is cleared up by itself."""
    assert open_render_cache({"XDG_CACHE_HOME": str(tmp_path)}) is not None
    assert (tmp_path / "trimtab" / "renders").is_dir()
    assert open_render_cache({}) is None


def test_values_go_in_a_file_and_never_among_the_arguments() -> None:
    """Everybody on the machine sees arguments."""
    fake = FakeHelm("")
    render_release(make_request(ARCHIVE, {"password": "hunter22"}), helm=HELM, cache=None, run=fake)
    assert "hunter22" not in json.dumps(fake.calls)


def test_a_release_name_is_never_taken_for_an_option() -> None:
    """It stands after the `--` that ends the options."""
    fake = FakeHelm("")
    render_release(make_request(ARCHIVE, release_name="--post-renderer=sh"), helm=HELM, cache=None, run=fake)
    assert fake.calls[0][-3:] == ("--", "--post-renderer=sh", "chart.tgz")
