"""Every code there is, those of rules and those of the other rooms, told in one form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trimtab.findings.code import Code
from trimtab.findings.codes import CODES as OTHERS
from trimtab.findings.path import Path
from trimtab.rules.registry import RULES
from trimtab.rules.rule import Rule


def _tell(rule: Rule) -> Code:
    return Code(
        code=rule.code,
        severity=rule.severity,
        meaning=rule.meaning,
        why=rule.why,
        cure=rule.cure,
        soft=rule.soft,
        needs_build=rule.needs_build,
        needs_base=rule.needs_base,
    )


CODES: Mapping[str, Code] = MappingProxyType(
    {code.code: code for code in sorted((*OTHERS, *map(_tell, RULES)), key=lambda code: code.code)}
)
"""Code to what it stands for, in alphabetical order."""


def is_shown_by_check(code: str, path: Path) -> bool:
    """Say whether `check` finds a code at a settings path; what concerns patches only `synth` finds.

    Raises:
        KeyError: There is no such code.
    """
    return not CODES[code].needs_build and path[:1] != ("patches",)
