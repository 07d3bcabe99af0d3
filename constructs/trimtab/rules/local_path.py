"""Rules on local volumes."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.local_path.paths import is_in_memory, plan_path
from trimtab.components.local_path.settings import Settings
from trimtab.findings.finding import Severity
from trimtab.rules.rule import Problem, Rule, Subject


def check_local_path_on_tmpfs(subject: Subject) -> Iterator[Problem]:
    """Find nodes whose local volumes would lie in memory."""
    settings = subject.components.get("local-path")
    if not isinstance(settings, Settings):
        return
    for node in subject.cluster.schedulable_nodes:
        if is_in_memory(settings, node):
            yield Problem(
                path=("components", "local-path", "path") if settings.path else ("components", "local-path"),
                on_key=settings.path is None,
                message=f"node {node.name} keeps {plan_path(settings, node)} in memory: a restart loses its volumes",
                help=f"leave path out, or name a directory below {node.data}"
                if node.data
                else "name a directory on a real disk in `nodes.<name>.data`",
                related=((("nodes", node.name), "the node"),),
            )


RULES = (
    Rule(
        code="local-path-on-tmpfs",
        severity=Severity.ERROR,
        soft=True,
        meaning="Local volumes lie on a root file system in memory.",
        why="A netbooted node forgets its root at every restart, and the volume with it.",
        cure="Name a directory on a real disk in `nodes.<name>.data`.",
        check=check_local_path_on_tmpfs,
    ),
)
