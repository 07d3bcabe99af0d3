"""What holds for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from coverage import Coverage
from hypothesis import settings

os.environ["TRIMTAB_NO_CACHE"] = "1"
"""A test may break the code under it and wants to see that; those of the cache itself bring their own folder."""

# No test is timed: on a busy machine the first example of a law waits for imports. CI also takes the same examples in
# each run (Hypothesis' own profile `ci`).
settings.register_profile("trimtab", settings.default, deadline=None)
settings.load_profile("trimtab")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Have coverage look away from a test marked `unmeasured`, from what it is given and from what it starts."""
    measuring = Coverage.current() if item.get_closest_marker("unmeasured") else None
    if measuring is None:
        return (yield)
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        measuring.stop()
        try:
            return (yield)
        finally:
            measuring.start()
