"""`trimtab secrets`: the Secrets that a cluster needs and that nothing in Git makes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trimtab.cli.completion import complete_option_cluster
from trimtab.cli.options import Root
from trimtab.findings.exit_codes import ExitCode


class ListFormat(StrEnum):
    """How the list is printed."""

    TEXT = "text"
    JSON = "json"


class SealScope(StrEnum):
    """Where a sealed value may be used."""

    STRICT = "strict"
    NAMESPACE_WIDE = "namespace-wide"
    CLUSTER_WIDE = "cluster-wide"


def secrets(  # noqa: PLR0913, PLR0917 - a flag each
    cluster: Annotated[
        str, typer.Argument(help="The cluster, by name.", show_default=False, autocompletion=complete_option_cluster)
    ],
    root: Root = Path(),
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only this Secret; may be given again.", metavar="NAMESPACE/NAME")
    ] = None,
    generate: Annotated[
        bool, typer.Option("--generate", help="Print fresh random ones, for `kubectl apply -f -`.")
    ] = False,
    missing: Annotated[
        bool, typer.Option("--missing", help="Ask the cluster, by kubectl, which ones it lacks. Names, no values.")
    ] = False,
    context: Annotated[
        str | None, typer.Option("--context", help="The context of the kubeconfig, for --missing.", metavar="NAME")
    ] = None,
    seal: Annotated[
        tuple[str, str] | None,
        typer.Option("--seal", help="Seal the value on stdin into apps/manifests/.", metavar="NAMESPACE/NAME KEY"),
    ] = None,
    scope: Annotated[SealScope, typer.Option("--scope", help="Where a sealed value may be used.")] = SealScope.STRICT,
    format_: Annotated[ListFormat, typer.Option("--format", help="How the list is printed.")] = ListFormat.TEXT,
) -> int:
    """List the Secrets that the cluster needs and nothing in Git makes, make them, or ask which are missing.

    Values are read from stdin and written to stdout only: never to a file of the repository, never to an argument.
    --missing ends with 1 where one is missing, and with 3 where kubectl fails.
    """
    from trimtab.cli.secret_work import find_work, print_generated, print_list, print_missing

    if seal is not None and (generate or missing or only):
        raise typer.BadParameter("--seal takes no other flag but --scope")
    work = find_work(root, cluster, tuple(only or ()))
    if isinstance(work, int):
        return work
    if seal is not None:
        from trimtab.cli.secret_sealing import seal_value

        return seal_value(work, seal[0], seal[1], scope.value)
    if missing:
        return print_missing(work, context, as_json=format_ is ListFormat.JSON, generate=generate)
    if generate:
        return print_generated(work, work.wanted)
    print_list(work, as_json=format_ is ListFormat.JSON)
    return ExitCode.OK
