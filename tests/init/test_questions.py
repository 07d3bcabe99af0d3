"""Questions are asked of a person, and of nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from trimtab.cli.init_questions import Given, answer
from trimtab.init.answers import default_name, default_ranges, newest_kubernetes

ROOT = Path("my-lab")


def answers_of(monkeypatch: pytest.MonkeyPatch, *lines: str) -> list[str]:
    """Answer each question with the next line, an empty one taking what is offered; give the questions."""
    asked: list[str] = []
    waiting = list(lines)

    def prompt(question: str, default: str | None = None, **_: object) -> str | None:
        asked.append(question)
        return waiting.pop(0) or default

    monkeypatch.setattr(typer, "prompt", prompt)
    return asked


def test_flags_are_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who says all is asked nothing."""
    asked = answers_of(monkeypatch)
    given = Given(name="a", distribution="k3s", nodes=("n=192.0.2.1",), pods=("p",), services=("s",), repo_url="r")
    answer(given, ROOT, ask=True)
    assert asked == []


def test_six_questions_make_a_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name, distribution, nodes until an empty line, ranges, repository."""
    lines = (
        "lab",
        "",
        "one=2001:db8::1",
        "nonsense",
        "two=2001:db8::2",
        "",
        "fd00:1::/56",
        "fd00:2::/108,10.96.0.0/16",
        "",
    )
    asked = answers_of(monkeypatch, *lines)
    found = answer(Given(), ROOT, ask=True)
    assert not isinstance(found, str)
    assert (found.name, found.distribution) == ("lab", "kubeadm")
    assert found.nodes == (("one", "2001:db8::1"), ("two", "2001:db8::2"))
    assert found.services == ("fd00:2::/108", "10.96.0.0/16")
    assert len(asked) == len(lines)


def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is usual is taken: the folder's name, kubeadm and its ranges."""
    asked = answers_of(monkeypatch)
    found = answer(Given(), ROOT, ask=False)
    assert not isinstance(found, str)
    assert (found.name, found.distribution, found.pods) == ("my-lab", "kubeadm", ("10.244.0.0/16",))
    assert asked == []


def test_ranges_of_ipv6_are_never_guessed() -> None:
    """They are cut from a network of one's own; a made-up one would be somebody else's."""
    assert default_ranges("kubeadm", (("one", "2001:db8::1"),)) is None
    assert default_ranges("kubespray", (("one", "192.0.2.1"),)) == ("10.233.64.0/18", "10.233.0.0/18")


@pytest.mark.parametrize(
    ("folder", "name"),
    [("My Lab!", "my-lab"), ("a" * 40, "a" * 30), ("---", "lab"), ("", "lab"), ("k8s_home", "k8s-home")],
)
def test_a_folder_gives_a_name(folder: str, name: str) -> None:
    """A DNS label of at most 30 characters, whatever the folder is called."""
    assert default_name(folder) == name


def test_the_newest_kubernetes_is_a_minor_version() -> None:
    """As the releases in the catalogue say."""
    assert newest_kubernetes().startswith("1.")
