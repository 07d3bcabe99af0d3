"""Makes the committed facts of one chart: `python -m trimtab.charts.make_facts ARCHIVE [VALUES...]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trimtab.catalogue.make_facts import render_facts
from trimtab.charts.archive import read_archive
from trimtab.charts.chart_tree import read_mapping
from trimtab.charts.errors import ChartError
from trimtab.charts.facts import build_record
from trimtab.charts.helm_version import check_helm
from trimtab.charts.samples import SAMPLE_NAMESPACE, render_samples
from trimtab.doors.disk import read_bytes, write_atomically, write_folder
from trimtab.doors.errors import OutsideError
from trimtab.doors.helm import Helm, read_helm

FACTS = Path(__file__).parents[1] / "catalogue" / "facts"


def make_facts(archive: Path, values: Sequence[Path], *, helm: Helm, target: Path = FACTS) -> tuple[Path, list[str]]:
    """Write the facts of a chart, rendered with its own values and with each of the files.

    Args:
        archive: The chart's archive.
        values: Files of values that show more of the chart.
        helm: The helm to use.
        target: The folder of all facts.

    Returns:
        The file written, and why some of the inputs did not render.

    Raises:
        OutsideError: A file cannot be read or written, or helm cannot be run.
        ChartError: The archive is no chart.
    """
    content = read_bytes(archive)
    inputs: list[Mapping[str, Any]] = [{}, *(read_mapping(read_bytes(file)) for file in values)]
    samples = render_samples(content, helm, inputs)
    chart = read_archive(content)
    file = target / chart.name / f"{chart.version}.json"
    write_folder(file.parent)
    write_atomically(file, render_facts(build_record(chart, samples.manifests, SAMPLE_NAMESPACE)).encode())
    return file, list(samples.refused)


def main(arguments: Sequence[str]) -> int:
    """Do so for the files on the command line; gives the exit code."""
    if not arguments:
        sys.stderr.write("which archive? python -m trimtab.charts.make_facts ARCHIVE [VALUES...]\n")
        return 2
    helm = read_helm(os.environ)
    finding = check_helm(helm)
    if finding is not None:
        sys.stderr.write(f"{finding.severity}: {finding.message}\n")
    if helm is None or (finding is not None and finding.severity == "error"):
        return 3
    try:
        file, refused = make_facts(Path(arguments[0]), [Path(one) for one in arguments[1:]], helm=helm)
    except (ChartError, OutsideError) as error:
        sys.stderr.write(f"error: {error.message}\n")
        return 3
    for reason in refused:
        sys.stderr.write(f"warning: one input does not render: {reason}\n")
    sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
