"""Codes are found by name, with as little loaded as can be."""

from __future__ import annotations

import subprocess
import sys

import pytest

from trimtab.rules.code import find_code, get_code
from trimtab.rules.codes import CODES


def test_each_code_is_found() -> None:
    """Every code there is comes out as the table of all has it, and no other."""
    assert {code: find_code(code) for code in CODES} == dict(CODES)
    assert find_code("no-such-code") is None
    with pytest.raises(KeyError):
        get_code("no-such-code")


def test_code_of_another_room_loads_no_rule() -> None:
    """A finding about a file needs no component: loading them takes longer than a small tree."""
    program = (
        "import sys; from trimtab.rules.code import find_code; assert find_code('unreadable-file');"
        " print([name for name in sys.modules if name.startswith(('trimtab.components', 'trimtab.rules.registry'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
