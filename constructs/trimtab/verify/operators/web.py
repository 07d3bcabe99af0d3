"""Settings of programs in ConfigMaps that keep them from what their pods are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.reading import fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_POOL = re.compile(r"^[ \t]*pm[ \t]*=", re.MULTILINE)
_KEPT = re.compile(r"^[ \t]*clear_env[ \t]*=[ \t]*(?:no|off|0|false)\b", re.MULTILINE | re.IGNORECASE)


def check_php_pools(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find pools of php-fpm that throw the environment away (php-fpm.conf, clear_env: on unless it is switched off)."""
    for entry in tree.of_kind("", "ConfigMap"):
        for key, text in fields_of(entry.manifest, "data").items():
            if isinstance(text, str) and _POOL.search(text) and not _KEPT.search(text):
                yield Complaint(
                    code="environment-not-passed",
                    about=entry,
                    path=("data", key),
                    message=f"the pool of php-fpm in {entry} clears the environment: the program sees none of the pod's"
                    " variables",
                    help="write `clear_env = no` into the pool",
                )


CHECKS = (Check(name="pools of php-fpm", codes=("environment-not-passed",), run=check_php_pools),)
