"""What holds for every test."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ["TRIMTAB_NO_CACHE"] = "1"
"""A test may break the code under it and wants to see that; those of the cache itself bring their own folder."""

# No test is timed: on a busy machine the first example of a law waits for imports. CI also takes the same examples in
# each run (Hypothesis' own profile `ci`).
settings.register_profile("trimtab", settings.default, deadline=None)
settings.load_profile("trimtab")
