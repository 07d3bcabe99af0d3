"""Commands on a node, as people run them from the folder that holds `bootstrap/`."""

from __future__ import annotations

from trimtab.bootstrap.files import quote
from trimtab.bootstrap.prepare import SSH
from trimtab.plan.nodes import NodeFacts


def render_on(node: NodeFacts | str, command: str) -> str:
    """Write the command that runs another one on a node.

    Args:
        node: The node, or a word in place of its name.
        command: What its shell shall run.
    """
    return f"ssh -F {SSH} {node if isinstance(node, str) else node.name} {quote(command)}"
