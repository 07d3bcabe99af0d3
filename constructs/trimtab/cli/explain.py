"""`trimtab explain`: what a code means and what to do about it, or what a setting means and where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trimtab.cli.completion import complete_explained, complete_option_cluster
from trimtab.cli.explain_setting import explain_setting, is_setting, names_of_settings
from trimtab.cli.options import Root
from trimtab.findings.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trimtab.findings.code import Code
    from trimtab.rules.examples import Example


def explain(
    what: Annotated[
        str | None,
        typer.Argument(
            help="A code, such as dead-helm-value, or a setting, such as rook.blockPools.*.replicas. "
            "Default: list all codes.",
            autocompletion=complete_explained,
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", help="Say what this cluster has there, and from where.", autocompletion=complete_option_cluster
        ),
    ] = None,
    root: Root = Path(),
) -> int:
    """Say what a finding means and what to do about it, or what a setting means and where its value comes from."""
    if what is not None and is_setting(what):
        return explain_setting(what, cluster, root)
    return _explain_code(what)


def _explain_code(code: str | None) -> int:
    from trimtab.rules.codes import CODES
    from trimtab.rules.examples import known_examples

    if code is None:
        typer.echo(render_list(CODES), nl=False)
        return ExitCode.OK
    if code not in CODES:
        typer.echo(render_unknown(code, CODES, names_of_settings()), err=True, nl=False)
        return ExitCode.USAGE
    typer.echo(render_explanation(CODES[code], known_examples().get(code)), nl=False)
    return ExitCode.OK


def render_list(codes: Mapping[str, Code]) -> str:
    """Write all codes, one a line, with how heavy each is and what it means."""
    width = max(map(len, codes))
    return "".join(f"{name:<{width}}  {code.word:<10}  {code.meaning}\n" for name, code in codes.items())


def render_unknown(code: str, codes: Iterable[str], settings: Iterable[str]) -> str:
    """Say that there is no such code and no such setting, and which one may have been meant."""
    from trimtab.findings.suggest import suggest

    near = suggest(code, [*codes, *settings])
    advice = f"did you mean '{near}'?" if near else "`trimtab explain` lists all codes, docs/reference/ every setting"
    return f"error: there is no code and no setting '{code}'\n  = help: {advice}\n"


def render_explanation(code: Code, example: Example | None) -> str:
    """Write all there is to say of a code.

    Args:
        code: The code.
        example: A repository that shows it; some codes have none.
    """
    lines = [*_head(code), *(_shown(example) if example else ()), *_cure(code)]
    return "\n".join(lines) + "\n"


def _head(code: Code) -> Iterator[str]:
    yield f"{code.word}[{code.code}]: {code.meaning}"
    yield f"why: {code.why}"
    yield code.weight.replace("`", "'")


def _cure(code: Code) -> Iterator[str]:
    if code.cure:
        yield from ("", "what to do:", "", f"  {code.cure}")


def _shown(example: Example) -> Iterator[str]:
    yield from ("", "for example:" if example.command else "how it comes about:")
    if example.told:
        yield from ("", f"  {example.told}")
    for path, text in sorted(example.files.items()):
        yield from ("", f"  {path}", *(f"    {line}".rstrip() for line in text.splitlines()))
    if example.command:
        yield from ("", *(f"  {line}".rstrip() for line in f"$ {example.command}\n{example.output}".splitlines()))
