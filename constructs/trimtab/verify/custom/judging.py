"""Objects before the rules of their definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path, render_path
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.custom.cel.engine import RuleError, RuleFailure, bind, compile_rule, has_engine
from trimtab.verify.custom.definitions import Version
from trimtab.verify.custom.rules import Node, Rule, find_rules, iter_ruled
from trimtab.verify.entry import Entry

_LONGEST = 100
_NO_ENGINE = "rules of definitions (CEL) are not evaluated: install trimtab[cel]"
_NO_PAST = "rules that compare an object with what it was (oldSelf) are not evaluated: nothing says what it was"


def iter_refusals(entry: Entry, version: Version, completed: Mapping[str, Any]) -> Iterator[Said]:
    """Say which rules refuse an object, and which could not be asked.

    Args:
        entry: The object.
        version: What it is of.
        completed: The object with its defaults, as its schema takes it.
    """
    root = find_rules(version)
    if root is None:
        return
    if not has_engine():
        yield Unchecked(reason=_NO_ENGINE)
        return
    for path, node, value in iter_ruled(completed, root):
        yield from _ask(entry, version, path, node, value)


def _ask(entry: Entry, version: Version, path: Path, node: Node, value: Any) -> Iterator[Said]:
    variables = None
    for rule in node.rules:
        if rule.is_transition:
            yield Unchecked(reason=_NO_PAST)
            continue
        try:
            program = compile_rule(rule.text)
            variables = bind(node.prepare(value)) if variables is None else variables
            answer = program.run(variables)
        except RuleFailure as failure:
            yield _refuse(entry, (*path, *rule.field), f"its rule ends in an error: {failure}", rule)
            continue
        except RuleError as error:
            yield Unchecked(reason=f"a rule of {version} cannot be evaluated: {_cut(rule.shown)}: {_cut(str(error))}")
            continue
        if answer is False:
            yield _refuse(entry, (*path, *rule.field), _say(rule, variables), rule)
        elif answer is not True:
            yield Unchecked(reason=f"a rule of {version} says neither yes nor no: {_cut(rule.shown)}")


def _say(rule: Rule, variables: Any) -> str:
    """Give the words of the definition: those that it works out come first, as the API server has it."""
    if rule.message_text:
        try:
            told = compile_rule(rule.message_text).run(variables)
        except (RuleError, RuleFailure):
            told = None
        if isinstance(told, str) and told.strip() and "\n" not in told:
            return told.strip()
    return " ".join(rule.message.split()) or f"failed rule: {_cut(rule.shown)}"


def _refuse(entry: Entry, path: Path, words: str, rule: Rule) -> Complaint:
    where = f" at {render_path(path)}" if path else ""
    return Complaint(
        code="refused-by-rule",
        about=entry,
        path=path,
        message=f"{entry} is refused{where}: {words.rstrip('.')}",
        help=f"the rule is {_cut(rule.shown)}",
    )


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
