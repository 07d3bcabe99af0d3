"""`trimtab init`: a new repository, from a few answers or from an example."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trimtab.cli.completion import complete_examples
from trimtab.cli.options import Root
from trimtab.findings.exit_codes import ExitCode

if TYPE_CHECKING:
    from trimtab.cli.init_questions import Given


def init(  # noqa: PLR0913, PLR0917 - typer makes a flag of each argument
    root: Root = Path(),
    name: Annotated[str | None, typer.Option(help="The first cluster's name.", show_default=False)] = None,
    distribution: Annotated[
        str | None, typer.Option(help="Who installed Kubernetes: kubeadm, kubespray, k3s, …", show_default=False)
    ] = None,
    kubernetes: Annotated[
        str | None, typer.Option(help="Its version. Default: the newest that all of ours support.", show_default=False)
    ] = None,
    node: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=ADDRESS", help="A machine, the first one the control plane.", show_default=False),
    ] = None,
    pods: Annotated[
        list[str] | None,
        typer.Option(metavar="RANGE", help="The pods' range, or one a family.", show_default=False),
    ] = None,
    services: Annotated[
        list[str] | None,
        typer.Option(metavar="RANGE", help="The Services' range, or one a family.", show_default=False),
    ] = None,
    repo_url: Annotated[
        str | None, typer.Option(help="The Git repository this will lie in.", show_default=False)
    ] = None,
    example: Annotated[
        str | None,
        typer.Option(
            help="Take a cluster that comes with us; `list` names them.",
            autocompletion=complete_examples,
            show_default=False,
        ),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Leave files that are there as they are.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; take what is usual.")] = False,
) -> int:
    """Make a repository that passes `check` and `synth` at once.

    Asks what no flag says, where somebody is at the terminal. Writes over nothing.
    """
    from trimtab.cli.init_questions import Given

    if example is not None:
        return _from_example(root, example, repo_url, keep=keep)
    given = Given(
        name=name,
        distribution=distribution,
        kubernetes=kubernetes,
        nodes=tuple(node or ()),
        pods=tuple(pods or ()),
        services=tuple(services or ()),
        repo_url=repo_url,
    )
    return _from_answers(root, given, keep=keep, yes=yes)


def _from_example(root: Path, example: str, repo_url: str | None, *, keep: bool) -> int:
    from trimtab.findings.suggest import suggest
    from trimtab.init.examples import list_examples, read_example

    examples = list_examples()
    if example == "list":
        typer.echo("\n".join(examples))
        return ExitCode.OK
    if example not in examples:
        near = suggest(example, examples)
        advice = f"did you mean '{near}'?" if near else f"there are {', '.join(examples)}"
        return _refuse(f"there is no example '{example}'", advice)
    return _write(root, read_example(example, repo_url), example, keep=keep)


def _from_answers(root: Path, given: Given, *, keep: bool, yes: bool) -> int:
    from trimtab.cli.init_questions import answer
    from trimtab.doors.terminal import is_answered
    from trimtab.init.answers import check_answers
    from trimtab.init.repository import plan_settings
    from trimtab.reference.schema import read_settings_schema

    answers = answer(given, root, ask=is_answered() and not yes)
    if isinstance(answers, str):
        return _refuse(answers, "`trimtab init --help` lists the flags")
    wrong = check_answers(read_settings_schema(), answers)
    if wrong:
        return max(_refuse(one) for one in wrong)
    return _write(root, plan_settings(answers), answers.name, keep=keep)


def _write(root: Path, settings: dict[str, str], cluster: str, *, keep: bool) -> int:
    from trimtab.init.repository import list_in_the_way, plan_repository, write_repository

    texts = plan_repository(settings, cluster)
    there = list_in_the_way(root, texts)
    if there and not keep:
        return _refuse(
            "\n  ".join(["these are there already:", *there]), "start in an empty folder, or leave them with --keep"
        )
    write_repository(root, {path: text for path, text in texts.items() if path not in there})
    for path in texts:
        if not path.startswith("schemas/"):
            typer.echo(f"{'kept' if path in there else 'wrote'} {path}", err=True)
    return _check(root)


def _check(root: Path) -> int:
    from trimtab.cli.check import check

    code = check(root=root)
    if code == ExitCode.OK:
        typer.echo("next: `trimtab synth`, then README.md", err=True)
    return code


def _refuse(message: str, advice: str = "") -> int:
    typer.echo(f"error: {message}", err=True)
    if advice:
        typer.echo(f"  = help: {advice}", err=True)
    return ExitCode.USAGE
