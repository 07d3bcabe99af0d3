"""The same graph as Mermaid text, which Git hosts and wikis draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trimtab.graph.colours import plan_colours
from trimtab.graph.graph import Box, Graph, reduce_edges


def render_mermaid(graphs: Sequence[Graph]) -> str:
    """Write a flowchart: a subgraph a cluster, in it a subgraph a wave; lines bear the need in words."""
    numbered = enumerate(graphs, 1)
    return "\n".join(["flowchart LR", *(line for number, graph in numbered for line in _cluster(graph, number)), ""])


def _cluster(graph: Graph, number: int) -> Iterator[str]:
    yield f'  subgraph c{number}["{_text(graph.cluster)}"]'
    for wave in graph.waves:
        yield f'    subgraph c{number}w{wave}["wave {wave}"]'
        yield from (f"      {_node(box, number)}" for box in graph.boxes if box.wave == wave)
        yield "    end"
    yield "  end"
    for edge in reduce_edges(graph.edges):
        yield f'  {_id(edge.first, number)} -->|"{_text(edge.because)}"| {_id(edge.then, number)}'
    yield from _paint(graph, number)


def _paint(graph: Graph, number: int) -> Iterator[str]:
    for component, colour in plan_colours(box.component for box in graph.boxes).items():
        members = [_id(box.name, number) for box in graph.boxes if box.component == component]
        if members:
            name = f"k{_id(component, number)}"
            yield f"  classDef {name} stroke:{colour},stroke-width:3px"
            yield f"  class {','.join(members)} {name}"


def _node(box: Box, number: int) -> str:
    note = f"{box.component} {box.note}".rstrip()
    return f'{_id(box.name, number)}["{_text(box.name)}<br>{_text(note)}"]'


def _id(name: str, number: int) -> str:
    """Give an identifier; the cluster's number before it keeps it apart from other clusters' and Mermaid's own words.

    Names are DNS labels, so that no two become one when their dashes do.
    """
    return f"c{number}_{name.replace('-', '_')}"


def _text(text: str) -> str:
    """Write text inside quotes, where only quotes and what HTML means otherwise must be spelled out."""
    return text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
