"""Processes that share a list of works take each of them once."""

from __future__ import annotations

import json
import os

import pytest

from trimtab.doors.work_list import MOST, open_work_list
from trimtab.doors.workers import run_together

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


@pytest.mark.parametrize("length", [0, 1, 300, MOST])
def test_each_work_is_taken_once(length: int) -> None:
    """Whoever takes which, together they take all, from none to as many as a pipe holds."""
    with open_work_list(length) as take:

        def drain(_: object) -> list[int]:
            return list(iter(take, None))

        own, others = run_together(drain, [lambda agree: json.dumps(drain(agree)).encode()] * 2)
    taken = own + [number for other in others for number in json.loads(other)]
    assert sorted(taken) == list(range(length))
