"""The Secrets that a person makes on day 0: each with what it holds, who reads it, and the command."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.files import render_block
from trimtab.components.assemble import Plan
from trimtab.secrets.commands import plan_commands
from trimtab.secrets.wanted import Wanted, list_wanted
from trimtab.settings.secrets import Provider

PAGE = "30-secrets.md"


def plan_secrets_page(plan: Plan) -> str:
    """Give the page, a namespace a heading."""
    cluster = plan.cluster
    provider = cluster.settings.secrets.provider
    wanted = list_wanted(plan.applications)
    own = [one for one in wanted if one.by_hand or provider is Provider.NONE]
    lines = ["# Secrets", "", *(_how() if own else ["A person has none to make."])]
    for namespace in sorted({one.namespace for one in own}):
        lines += ["", f"## Namespace {namespace}", "", _namespace(namespace)]
        for one in own:
            if one.namespace == namespace:
                lines += list(_section(one, cluster.name))
    others = [one for one in wanted if one not in own]
    if others:
        lines += [
            "",
            "## Made by references in Git",
            "",
            f"`trimtab secrets {cluster.name}` says where their values lie.",
        ]
        lines += ["", *(f"- `{one.full_name}`" for one in others)]
    return "\n".join(lines) + "\n"


def _how() -> Iterator[str]:
    yield "None of them is in Git. Make each before Argo CD syncs what reads it: until then its pods wait."
    yield "A command without a `|` in front reads the value from standard input, or from files beside it: run them in"
    yield "an empty folder outside the repository, after `umask 077`, and remove it afterwards. No value ends in a new"
    yield "line."


def _namespace(namespace: str) -> str:
    return render_block(f"kubectl get namespace {namespace} || kubectl create namespace {namespace}")


def _section(one: Wanted, cluster: str) -> Iterator[str]:
    yield from ("", f"### {one.name}", "")
    yield from (f"`{use.application}` reads it: {use.why or 'see its documentation'}.  " for use in one.uses)
    yield from ("", "| key | what it holds |", "|---|---|")
    yield from (f"| `{key}` | {words or 'given by whoever runs what it opens'} |" for key, words in one.keys.items())
    yield from ("", render_block(*plan_commands(one, cluster)), "", "Check: it is there, with its keys.", "")
    yield render_block(f"kubectl describe secret {one.name} --namespace {one.namespace}")
