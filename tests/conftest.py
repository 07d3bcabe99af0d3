"""What holds for every test."""

from __future__ import annotations

import os

os.environ["TRIMTAB_NO_CACHE"] = "1"
"""A test may break the code under it and wants to see that; those of the cache itself bring their own folder."""
