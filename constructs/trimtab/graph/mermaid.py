"""The same graph as Mermaid text, which Git hosts and wikis draw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trimtab.graph.colours import plan_colours
from trimtab.graph.graph import Box, Graph, reduce_edges


def render_mermaid(graphs: Sequence[Graph]) -> str:
    """Write a flowchart: a subgraph a cluster, in it a subgraph a wave; lines bear the need in words."""
    return "\n".join(["flowchart LR", *(line for graph in graphs for line in _cluster(graph)), ""])


def _cluster(graph: Graph) -> Iterator[str]:
    yield f'  subgraph {_id(graph.cluster)}["{_text(graph.cluster)}"]'
    for wave in graph.waves:
        yield f'    subgraph {_id(graph.cluster, str(wave))}["wave {wave}"]'
        yield from (f"      {_node(graph, box)}" for box in graph.boxes if box.wave == wave)
        yield "    end"
    yield "  end"
    for edge in reduce_edges(graph.edges):
        yield f'  {_id(graph.cluster, edge.first)} -->|"{_text(edge.because)}"| {_id(graph.cluster, edge.then)}'
    for component, colour in plan_colours(box.component for box in graph.boxes).items():
        members = [_id(graph.cluster, box.name) for box in graph.boxes if box.component == component]
        if members:
            yield f"  style {','.join(members)} stroke:{colour},stroke-width:3px"


def _node(graph: Graph, box: Box) -> str:
    note = f"{box.component} {box.note}".rstrip()
    return f'{_id(graph.cluster, box.name)}["{_text(box.name)}<br>{_text(note)}"]'


def _id(*names: str) -> str:
    """Give a name that Mermaid takes for an identifier; `end` and other words of its own never come out of this."""
    return "_".join(["n", *(re.sub(r"[^a-z0-9]", lambda found: f"_{ord(found[0]):x}_", name) for name in names)])


def _text(text: str) -> str:
    """Write text inside quotes, where only quotes and what HTML means otherwise must be spelled out."""
    return text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
