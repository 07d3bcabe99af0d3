"""The questions of `trimtab init`: asked for what no flag says, where somebody is there to answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from trimtab.init.answers import (
    Answers,
    default_name,
    default_ranges,
    newest_kubernetes,
    parse_node,
)
from trimtab.init.examples import REPOSITORY

Nodes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the flags say; nothing, or empty, where they say nothing."""

    name: str | None = None
    distribution: str | None = None
    kubernetes: str | None = None
    nodes: tuple[str, ...] = ()
    pods: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    repo_url: str | None = None


def answer(given: Given, root: Path, *, ask: bool) -> Answers | str:
    """Complete what the flags say.

    Args:
        given: What they say.
        root: The top of the new repository; its name may become the cluster's.
        ask: Whether to ask for the rest; without, what is usual is taken.

    Returns:
        The answers, or in words what cannot be guessed.
    """
    name = given.name or _ask("name of the cluster", default_name(root.resolve().name), ask=ask)
    distribution = given.distribution or _ask("distribution (kubeadm, kubespray, k3s, …)", "kubeadm", ask=ask)
    try:
        nodes = tuple(map(parse_node, given.nodes)) or _ask_nodes(ask=ask)
    except ValueError as error:
        return str(error)
    usual = default_ranges(distribution, nodes)
    pods = given.pods or _ask_ranges("pod range", usual and usual[0], ask=ask)
    services = given.services or _ask_ranges("Service range", usual and usual[1], ask=ask)
    if not pods or not services:
        return "--pods and --services must be given: ranges of IPv6 are cut from a network of your own"
    return Answers(
        name=name,
        distribution=distribution,
        kubernetes=given.kubernetes or newest_kubernetes(),
        nodes=nodes,
        pods=pods,
        services=services,
        repo_url=given.repo_url or _ask("Git repository that this will lie in", REPOSITORY, ask=ask),
    )


def _ask(question: str, usual: str, *, ask: bool) -> str:
    return str(typer.prompt(question, default=usual, err=True)).strip() if ask else usual


def _ask_ranges(question: str, usual: str | None, *, ask: bool) -> tuple[str, ...]:
    if not ask:
        return (usual,) if usual else ()
    text = str(typer.prompt(f"{question}, or one a family with a comma between", default=usual, err=True))
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _ask_nodes(*, ask: bool) -> Nodes:
    nodes: list[tuple[str, str]] = []
    while ask:
        which = "first node, the control plane" if not nodes else "next node"
        text = str(typer.prompt(f"{which}, as name=address (empty: no more)", default="", show_default=False, err=True))
        if not text.strip():
            break
        try:
            nodes.append(parse_node(text.strip()))
        except ValueError as error:
            typer.echo(str(error), err=True)
    return tuple(nodes)
