"""Makes the committed facts of releases: `make facts CHART=archive.tgz`, a folder of them, or what a lock names."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from trimtab.catalogue.chart_facts import known_charts
from trimtab.catalogue.make_facts import FACTS, build_bare_record, render_facts, wanted_facts
from trimtab.catalogue.sample_values import sample_values
from trimtab.charts.archive import read_archive
from trimtab.charts.chart_tree import read_mapping
from trimtab.charts.errors import ChartError
from trimtab.charts.facts import build_record, build_rendered
from trimtab.charts.folders import CACHE_NAME, ArchiveFolders, find_archives
from trimtab.charts.helm_version import check_helm
from trimtab.charts.lockfile import LOCK_FILE, parse_lock
from trimtab.charts.output import parse_output
from trimtab.charts.samples import SAMPLE_NAMESPACE, render_samples
from trimtab.doors.cache import open_cache
from trimtab.doors.disk import FileKind, list_folder, read_bytes, read_kind, read_text
from trimtab.doors.disk_writing import write_atomically, write_folder
from trimtab.doors.errors import OutsideError
from trimtab.doors.helm import Helm, read_helm

_ENDINGS = (".yaml", ".yml")


def make_facts(content: bytes, values: Sequence[Path], *, helm: Helm, target: Path = FACTS) -> tuple[Path, list[str]]:
    """Write the facts of a chart, rendered with the values that the catalogue has for it and with each of the files.

    Args:
        content: The chart's archive.
        values: Files of values that show more of the chart.
        helm: The helm to use.
        target: The folder of all facts.

    Returns:
        The file written, and why some of the inputs did not render.

    Raises:
        OutsideError: A file cannot be read or written, or helm cannot be run.
        ChartError: The archive is no chart.
    """
    chart = read_archive(content)
    inputs = [*sample_values(chart.name), *(read_mapping(read_bytes(file)) for file in values)]
    samples = render_samples(content, helm, inputs)
    record = build_record(chart, samples.manifests, SAMPLE_NAMESPACE)
    return _write(record, target), list(samples.refused)


def make_bare_facts(folder: Path, name: str, version: str, *, target: Path = FACTS) -> Path:
    """Write the facts of a release that has no chart: manifests straight from upstream's repository.

    Args:
        folder: Where the manifests lie, those that Argo CD would apply and no others.
        name: The component.
        version: The release, as the catalogue names it.
        target: The folder of all facts.

    Raises:
        OutsideError: A file cannot be read or written.
        ChartError: `archive-without-chart` where it has no manifest that Kubernetes could read.
    """
    names = [name for name in list_folder(folder) if name.endswith(_ENDINGS)]
    output = parse_output(b"\n---\n".join(read_bytes(folder / name) for name in names))
    if output.faults or not output.manifests:
        why = output.faults[0] if output.faults else "no manifest"
        raise ChartError(
            "archive-without-chart", f"{folder} holds {why}", "name the folder that the catalogue's pin has"
        )
    rendered = build_rendered(output.manifests, SAMPLE_NAMESPACE)
    return _write(build_bare_record(name, version, output.manifests, rendered), target)


def find_given(given: Iterable[Path], root: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Give name and bytes of each archive to take: files, what lies in folders, or without either what a lock names.

    From folders and locks only charts that a release of the catalogue names are taken.

    Raises:
        OutsideError: A file cannot be read.
        ChartError: An archive is no chart, or is not the one that the lock names.
    """
    for path in given:
        if read_kind(path) is FileKind.FOLDER:
            inside = (
                (f"{path}/{name}", read_bytes(path / name)) for name in list_folder(path) if name.endswith(".tgz")
            )
            yield from filter(_is_wanted, inside)
        else:
            yield str(path), read_bytes(path)
    if not given:
        folders = ArchiveFolders(root=root, cache=open_cache(environment, CACHE_NAME))
        lock = parse_lock(read_text(root / LOCK_FILE))
        yield from filter(_is_wanted, ((str(key), content) for key, content in find_archives(lock, folders).items()))


def find_gaps(known: Iterable[tuple[str, str]], wanted: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Say which releases have no facts, and which facts have no release."""
    there, asked = set(known), set(wanted)
    for chart, version in sorted(asked - there):
        yield f"{chart} {version} has no facts yet"
    for chart, version in sorted(there - asked):
        yield f"no release names {chart} {version}: add one to the catalogue, or remove its facts"


def main(arguments: Sequence[str]) -> int:
    """Do so for what the command line names; gives the exit code."""
    options = _read_arguments(arguments)
    if not options.given and read_kind(Path(LOCK_FILE)) is FileKind.NOTHING:
        sys.stderr.write(f"error: which archive? name one, or a folder of them: here is no {LOCK_FILE}\n")
        return 2
    try:
        if options.release:
            (folder,) = options.given
            sys.stdout.write(f"{make_bare_facts(folder, *options.release)}\n")
        elif code := _make_all(options):
            return code
    except (ChartError, OutsideError) as error:
        sys.stderr.write(f"error: {error.message}\n")
        return 3
    known_charts.cache_clear()
    for gap in find_gaps(known_charts(), wanted_facts()):
        sys.stderr.write(f"warning: {gap}\n")
    return 0


def _read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m trimtab.charts.make_facts", description=__doc__)
    parser.add_argument("given", nargs="*", type=Path, help=f"archives or folders of them; else those of {LOCK_FILE}")
    parser.add_argument("--values", action="append", default=[], type=Path, help="values that show more of the charts")
    parser.add_argument("--release", nargs=2, metavar=("NAME", "VERSION"), help="manifests in one folder, not charts")
    options = parser.parse_args(arguments)
    if options.release and len(options.given) != 1:
        parser.error("--release wants one folder")
    return options


def _make_all(options: argparse.Namespace) -> int:
    helm = read_helm(os.environ)
    finding = check_helm(helm)
    if finding is not None:
        sys.stderr.write(f"{finding.severity}: {finding.message}\n")
    if helm is None or (finding is not None and finding.severity == "error"):
        return 3
    count = 0
    for name, content in find_given(options.given, Path.cwd(), os.environ):
        file, refused = make_facts(content, options.values, helm=helm)
        sys.stderr.writelines(f"warning: {name}: one input does not render: {reason}\n" for reason in refused)
        sys.stdout.write(f"{file}\n")
        count += 1
    if not count:
        sys.stderr.write("error: no archive of a chart that a release of the catalogue names\n")
    return 0 if count else 2


def _is_wanted(named: tuple[str, bytes]) -> bool:
    chart = read_archive(named[1])
    return (chart.name, chart.version) in wanted_facts()


def _write(record: Mapping[str, Any], target: Path) -> Path:
    file = target / str(record["chart"]) / f"{record['version']}.json"
    write_folder(file.parent)
    write_atomically(file, render_facts(record).encode())
    return file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
