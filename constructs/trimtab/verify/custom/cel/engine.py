"""The engine that rules of definitions run in, with Kubernetes' own functions; it is an extra and may be missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from trimtab.verify.custom.cel import lists, networks, quantities
from trimtab.verify.custom.cel.function import Function

SELF = ("self",)
"""What rules of definitions are about."""
_PACKAGE = "cel_expr_python"
_PLACE = re.compile(r".*<input>:\d+:\d+: (?:Syntax error: )?")
"""What the engine says before the fault itself."""
_FAILS_THERE_TOO = ("Key not found in map", "Index error", "divide by zero", "modulus by zero")
"""Errors that are the object's, not the engine's: the API server refuses the object for them."""


class RuleError(Exception):
    """A rule that cannot be compiled or evaluated; the text says why."""


class RuleFailure(Exception):  # noqa: N818 # the object fails the rule, nothing is wrong with the rule
    """A rule that ends in an error where the API server's ends in the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A compiled rule."""

    first: Any
    """In the engine's own functions; nothing where it does not compile there."""
    text: str
    names: tuple[str, ...] = SELF

    @property
    def gives(self) -> str:
        """The type of what comes out, by the engine's name for it: `BOOL`; `DYN` where only a value can tell."""
        program = self.first or _second_program(self.text, self.names)
        return str(program.return_type())

    def run(self, variables: Any) -> Any:
        """Evaluate it.

        Args:
            variables: What `bind` gave.

        Raises:
            RuleError: The engine cannot; a second set of functions was tried.
            RuleFailure: The API server would end in the same error, and refuse the object.
        """
        problem = ""
        for program in (self.first, _second_program(self.text, self.names)):
            if program is None:
                continue
            try:
                value = program.eval(variables)
            except RuntimeError as error:  # such as a budget of steps that is used up
                raise RuleError(str(error)) from error
            if value.type() != _types()["error"]:
                return value.plain_value()
            problem = problem or str(value.plain_value())
            if any(known in problem for known in _FAILS_THERE_TOO):
                raise RuleFailure(problem.partition(": ")[2] or problem)
        raise RuleError(problem)


def has_engine() -> bool:
    """Say whether the engine is installed."""
    return find_spec(_PACKAGE) is not None


@cache
def compile_rule(text: str, names: tuple[str, ...] = SELF) -> Program:
    """Compile a rule.

    Args:
        text: The rule, or the expression of a message.
        names: What it can speak of; in a definition `self` is what it is about.

    Raises:
        RuleError: It cannot be compiled.
    """
    try:
        return Program(first=_environment(names).compile(text), text=text, names=names)
    except RuntimeError as error:
        if _second_program(text, names) is None:
            raise RuleError(_first_line(str(error))) from error
        return Program(first=None, text=text, names=names)


def bind(value: object) -> Any:
    """Give the variables of a rule; several rules about one value share them."""
    return _environment(SELF).Activation({"self": value})


@cache
def _second_program(text: str, names: tuple[str, ...]) -> Any:
    try:
        return _environment(names, second=True).compile(text)
    except RuntimeError:
        return None


@cache
def _environment(names: tuple[str, ...], *, second: bool = False) -> Any:
    own = [_extension(name) for name in ("Optional", "Bindings", "Math", "Encoders")]
    functions = (*quantities.FUNCTIONS, *networks.FUNCTIONS, *lists.FUNCTIONS)
    return _cel().NewEnv(
        variables=dict.fromkeys(names, _types()["dyn"]),
        extensions=own if second else [_extension("Strings"), *own],
        functions=_declare((*functions, *lists.SECOND) if second else functions),
    )


def _cel() -> Any:
    return import_module(f"{_PACKAGE}.cel")


def _extension(name: str) -> Any:
    return getattr(import_module(f"{_PACKAGE}.ext.ext_{name.lower()}"), f"Ext{name}")()


def _declare(functions: Iterable[Function]) -> list[Any]:
    cel, types, overloads = _cel(), _types(), defaultdict(list)
    for one in functions:
        overloads[one.name].append(
            cel.Overload(
                f"kubernetes_{one.name}_{'_'.join(one.takes)}",
                types[one.gives],
                [types[name] for name in one.takes],
                is_member=one.is_member,
                impl=one.run,
            )
        )
    return [cel.FunctionDecl(name, list(shapes)) for name, shapes in overloads.items()]


@cache
def _types() -> Mapping[str, Any]:
    kinds = _cel().Type
    return {
        "bool": kinds.BOOL,
        "double": kinds.DOUBLE,
        "dyn": kinds.DYN,
        "error": kinds.ERROR,
        "int": kinds.INT,
        "list": kinds.List(kinds.DYN),
        "map": kinds.Map(kinds.STRING, kinds.DYN),
        "string": kinds.STRING,
    }


def _first_line(text: str) -> str:
    return _PLACE.sub("", text.partition("\n")[0].strip())
