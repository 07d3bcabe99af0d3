"""A code by its name, without loading the rules where no rule has it: they load every component there is."""

from __future__ import annotations

from functools import cache

from trimtab.findings.code import Code
from trimtab.findings.codes import CODES as OTHERS

_OTHERS = {code.code: code for code in OTHERS}


@cache
def find_code(code: str) -> Code | None:
    """Give what a code stands for; nothing where there is no such code."""
    if code in _OTHERS:
        return _OTHERS[code]
    from trimtab.rules.codes import CODES

    return CODES.get(code)


def get_code(code: str) -> Code:
    """Give what a code stands for.

    Raises:
        KeyError: There is no such code.
    """
    found = find_code(code)
    if found is None:
        raise KeyError(code)
    return found
