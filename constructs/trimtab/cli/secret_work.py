"""What `trimtab secrets` does: list, generate, ask."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from trimtab.cli.formats import Format
from trimtab.cli.printing import print_findings
from trimtab.documents.writer import render_yaml_all
from trimtab.doors.kubectl import fetch_secret_names
from trimtab.doors.randomness import read_random
from trimtab.doors.streams import find_repository_of_output
from trimtab.findings.exit_codes import ExitCode
from trimtab.findings.suggest import suggest
from trimtab.kube.manifests import Manifest
from trimtab.pipeline import plan_stages
from trimtab.pipeline.state import ClusterState, Options, run_stages
from trimtab.plan.cluster import Cluster
from trimtab.secrets.generating import generate_values, plan_namespaces, plan_secret
from trimtab.secrets.listing import list_entries, list_value, render_list
from trimtab.secrets.sealed_secret import sealed_name, sealed_values
from trimtab.secrets.wanted import Wanted, list_wanted
from trimtab.settings.secrets import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A cluster and its Secrets."""

    root: Path
    state: ClusterState
    wanted: tuple[Wanted, ...]

    @property
    def cluster(self) -> Cluster:
        """The cluster."""
        return self.state.require_plan().cluster

    @property
    def provider(self) -> Provider:
        """Who turns what lies in Git into Secrets."""
        return self.cluster.settings.secrets.provider

    @property
    def sealed(self) -> dict[str, tuple[str, Manifest]]:
        """`namespace/name` to the file of its SealedSecret, and that."""
        return dict(_iter_sealed(self.state))


def find_work(root: Path, cluster: str, only: Sequence[str]) -> Work | int:
    """Plan a cluster and list its Secrets.

    Args:
        root: The top of the repository.
        cluster: The cluster's name.
        only: `namespace/name` of the Secrets that are asked for; all where there are none.

    Returns:
        An exit code, once everything is said, where the settings have errors or a Secret is not known.
    """
    state = run_stages(plan_stages(), Options(root=root, clusters=(cluster,)))
    if state.has_errors or not state.clusters:
        return print_findings(state, Format.TEXT)
    [one] = state.clusters
    work = Work(root=root, state=one, wanted=list_wanted(one.require_plan().applications))
    names = {wanted.full_name: wanted for wanted in work.wanted}
    for name in only:
        if name not in names:
            return refuse_unknown(work, name)
    return replace(work, wanted=tuple(names[name] for name in sorted(set(only)))) if only else work


def print_list(work: Work, *, as_json: bool) -> None:
    """Print every Secret, who needs it, and how it is made."""
    sealed = {name: (file, frozenset(sealed_values(manifest))) for name, (file, manifest) in work.sealed.items()}
    entries = list_entries(work.wanted, work.cluster, sealed)
    typer.echo(_as_json(list_value(entries, work.cluster)) if as_json else render_list(entries, work.cluster), nl=False)


def print_generated(work: Work, wanted: Sequence[Wanted]) -> int:
    """Print fresh Secrets on stdout; what a machine cannot make is named on stderr.

    Returns:
        The exit code: 2 where stdout is a file of a repository.
    """
    if (repository := find_repository_of_output()) is not None:
        say(f"error: standard output is a file of the repository {repository}")
        say("  = help: pipe it into kubectl: trimtab secrets … --generate | kubectl apply --server-side -f -")
        return ExitCode.USAGE
    made = [one for one in wanted if one.is_generatable and _is_made_by_hand(work, one)]
    for one in wanted:
        if one not in made:
            say(f"not generated: {one.full_name}: {_why_not(work, one)}")
    secrets = [plan_secret(one, generate_values(one, read_random)) for one in made]
    typer.echo(render_yaml_all([*plan_namespaces(made), *secrets]), nl=False)
    return ExitCode.OK


def print_missing(work: Work, context: str | None, *, as_json: bool, generate: bool) -> int:
    """Print which Secrets the cluster lacks, or generate those.

    Returns:
        The exit code: 1 where one is missing.

    Raises:
        OutsideError: kubectl fails.
    """
    there = {one: fetch_secret_names(one, context=context) for one in sorted({w.namespace for w in work.wanted})}
    missing = [one for one in work.wanted if one.name not in there[one.namespace]]
    if generate:
        return print_generated(work, missing)
    names = [one.full_name for one in missing]
    typer.echo(
        _as_json({"cluster": work.cluster.name, "missing": names}) if as_json else "".join(f"{n}\n" for n in names),
        nl=False,
    )
    say(f"{len(names)} of {len(work.wanted)} Secrets are missing" if names else "no Secret is missing")
    return ExitCode.ERRORS if names else ExitCode.OK


def _iter_sealed(state: ClusterState) -> Iterator[tuple[str, tuple[str, Manifest]]]:
    for file in state.loaded.manifests:
        for document in file.documents:
            if isinstance(value := document.value, dict) and (name := sealed_name(value)) is not None:
                yield name, (file.file, value)


def _is_made_by_hand(work: Work, wanted: Wanted) -> bool:
    return wanted.by_hand or work.provider is Provider.NONE


def _why_not(work: Work, wanted: Wanted) -> str:
    if not _is_made_by_hand(work, wanted):
        return f"{work.provider} makes it"
    unknown = [key for key, one in wanted.formats.items() if one is None]
    return f"only a person can know {', '.join(unknown)}" if unknown else "nothing is said of its keys"


def refuse_unknown(work: Work, name: str) -> int:
    """Say that a cluster needs no such Secret, and which one may have been meant."""
    names = [wanted.full_name for wanted in work.wanted]
    near = suggest(name, names)
    listed = f"there are: {', '.join(names)}" if names else "it needs none"
    return refuse(f"{work.cluster.name} needs no Secret '{name}'", f"did you mean '{near}'?" if near else listed)


def refuse(message: str, advice: str, code: ExitCode = ExitCode.USAGE) -> int:
    """Say what is wrong and what would be right, on stderr.

    Returns:
        The exit code.
    """
    say(f"error: {message}")
    say(f"  = help: {advice}")
    return code


def _as_json(value: Mapping[str, object]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def say(line: str) -> None:
    """Print a line for people."""
    typer.echo(line, err=True)
