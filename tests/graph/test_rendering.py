"""The picture and the Mermaid text: whole, quoted, the same bytes each time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from trimtab.graph.mermaid import render_mermaid
from trimtab.graph.svg import render_svg

SVG = "{http://www.w3.org/2000/svg}"
WAVES = {"calico": 0, "rook-operator": 10, "rook-cluster": 20, "own-<shop>": 20}
EDGES = ("calico>rook-operator", "rook-operator>rook-cluster", "calico>rook-cluster")


def read_svg(text: str) -> ET.Element:
    """Read the picture as XML, as a browser would."""
    return ET.fromstring(text)  # noqa: S314 - written by ourselves a line before


def test_the_picture_names_every_application_and_wave(make_graph):
    """Boxes bear names, columns bear waves."""
    said = {element.text for element in read_svg(render_svg([make_graph(WAVES, *EDGES)])).iter(f"{SVG}text")}
    assert {*WAVES, "wave 0", "wave 10", "wave 20"} <= said


def test_a_line_says_on_hover_what_is_needed(make_graph):
    """Two lines are drawn, each with its reason; the third is implied."""
    picture = read_svg(render_svg([make_graph(WAVES, *EDGES)]))
    reasons = [group.findtext(f"{SVG}title") for group in picture.iter(f"{SVG}g") if group.get("class") == "edge"]
    assert reasons == [
        "rook-operator waits for calico: what calico brings",
        "rook-cluster waits for rook-operator: what rook-operator brings",
    ]


def test_everything_lies_inside_the_picture(make_graph):
    """No box reaches over the edge."""
    picture = read_svg(render_svg([make_graph(WAVES, *EDGES), make_graph(WAVES, cluster="second")]))
    for box in picture.iter(f"{SVG}rect"):
        x, y, width, height = (int(box.get(name, "0")) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + width <= int(picture.get("width", "0"))
        assert 0 <= y <= y + height <= int(picture.get("height", "0"))


def test_no_font_or_script_is_fetched(make_graph):
    """The picture stands alone: the one address in it is the name of its format."""
    assert re.findall(r"https?://[^\"]+", render_svg([make_graph(WAVES, *EDGES)])) == ["http://www.w3.org/2000/svg"]


def test_dark_has_a_colour_for_every_light_one(make_graph):
    """Each class with a colour by day has one by night, but for what reads on both."""
    day, night = render_svg([make_graph(WAVES)]).split("@media")
    classes = re.compile(r"\.([a-z]+)(?= \{|,)")
    assert set(classes.findall(day)) - set(classes.findall(night)) <= {"tip", "grip", "edge"}


def test_the_bytes_do_not_depend_on_the_hash_seed():
    """Sets and mappings are never drawn in their own order."""
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from conftest import make_graph;"
        "from trimtab.graph.svg import render_svg;"
        f"print(render_svg([make_graph({WAVES!r}, *{EDGES!r})]))"
    )
    done = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert len(set(done)) == 1


def test_mermaid_text_has_waves_boxes_and_needs(make_graph):
    """A subgraph a wave, a box an application, the need on each line."""
    text = render_mermaid([make_graph(WAVES, *EDGES)])
    assert text.startswith('flowchart LR\n  subgraph c1["lab"]\n    subgraph c1w0["wave 0"]\n')
    assert '      c1_rook_operator["rook-operator<br>rook v1"]\n' in text
    assert '  c1_calico -->|"what calico brings"| c1_rook_operator\n' in text
    assert text.count("subgraph") == text.count("end\n") == 4


def test_mermaid_text_keeps_clusters_apart(make_graph):
    """Two clusters with the same applications share no identifier."""
    text = render_mermaid([make_graph({"calico": 0}), make_graph({"calico": 0}, cluster="second")])
    assert {"c1_calico", "c2_calico"} <= set(re.findall(r"c\d_\w+", text))


def test_what_a_page_would_take_for_markup_is_spelled_out(make_graph):
    """A name with `<` in it is text in both."""
    graph = make_graph({"own-<shop>": 0})
    assert "own-&lt;shop&gt;" in render_svg([graph])
    assert "own-#lt;shop#gt;" in render_mermaid([graph])
