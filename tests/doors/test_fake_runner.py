"""The fake behaves as the door does."""

from __future__ import annotations

import pytest

from doors_support.fake_runner import FakeRunner, ended
from trimtab.doors.errors import OutsideError


def test_it_answers_from_its_table_and_remembers() -> None:
    """The first entry whose words all stand in the command answers."""
    run = FakeRunner({("get", "pods"): ended("a"), ("get",): ended("b", code=1)})
    assert run(["kubectl", "get", "pods"], timeout_s=1).output == "a"
    assert run(["kubectl", "get", "nodes"], timeout_s=2).code == 1
    assert run.asked == [("kubectl", "get", "pods"), ("kubectl", "get", "nodes")]
    assert run.timeouts == [1, 2]


def test_it_fails_as_the_door_does() -> None:
    """An entry may be a refusal of the outside world; what no entry knows is the test's fault."""
    run = FakeRunner({("get",): OutsideError("gone")})
    with pytest.raises(OutsideError, match="gone"):
        run(["kubectl", "get"], timeout_s=1)
    with pytest.raises(AssertionError, match="no answer"):
        run(["kubectl", "apply"], timeout_s=1)
