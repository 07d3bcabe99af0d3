"""One application to the files of its chart."""

from __future__ import annotations

import json

from trimtab.charts.errors import ChartError
from trimtab.documents.writer import render_yaml
from trimtab.kube.release import ChartRelease
from trimtab.own_charts.chart_file import render_chart_file, render_chart_lock
from trimtab.own_charts.dependency import Dependency, archive_name, plan_dependency
from trimtab.own_charts.ingredients import Ingredients
from trimtab.own_charts.readme import render_readme
from trimtab.own_charts.templates import plan_templates
from trimtab.own_charts.values import place_values
from trimtab.own_charts.values_schema import build_values_schema

_IGNORED = "# what helm leaves out when it packs this folder\n.git/\n.DS_Store\n*.swp\n*.orig\n*~\n"


def plan_chart(given: Ingredients) -> dict[str, bytes]:
    """Give the files of an application's chart by path inside its folder; the same for the same application, always.

    Raises:
        ChartError: An address that helm could not ask, a name that it gives no values to, or an archive that may not
            be read.
        ValueError: An object has no kind, version or name.
    """
    dependencies = plan_dependencies(given)
    values = place_values(given.release)
    schema = build_values_schema(given.release, given.facts)
    files = {
        ".helmignore": _IGNORED.encode(),
        "values.yaml": render_yaml(values).encode(),
        "values.schema.json": f"{json.dumps(schema, indent=1, ensure_ascii=False)}\n".encode(),
        **plan_templates(given.manifests),
    }
    about = {
        # not the README: it tells more where archives are at hand, and the chart is the same
        "Chart.yaml": render_chart_file(given, dependencies, files).encode(),
        "README.md": render_readme(given, values, dependencies).encode(),
    }
    if dependencies:
        about["Chart.lock"] = render_chart_lock(dependencies).encode()
    return {**files, **about, **_plan_archives(given, dependencies)}


def plan_dependencies(given: Ingredients) -> tuple[Dependency, ...]:
    """Give the charts that an application's chart brings: upstream's, or none.

    Raises:
        ChartError: `chart-address-refused`; `dot-in-chart-name` where helm would hand on no values.
    """
    if given.release is None:
        return ()
    _check_name(given, given.release)
    return (plan_dependency(given.release.pin.chart, given.release.pin.version, given.address),)


def fetched_paths(given: Ingredients) -> tuple[str, ...]:
    """Give where `helm dependency build` puts archives, inside the chart's folder."""
    return tuple(f"charts/{archive_name(one)}" for one in plan_dependencies(given))


def _plan_archives(given: Ingredients, dependencies: tuple[Dependency, ...]) -> dict[str, bytes]:
    if given.archive is None:
        return {}
    return {f"charts/{archive_name(one)}": given.archive for one in dependencies}


def _check_name(given: Ingredients, release: ChartRelease) -> None:
    name = release.pin.chart
    reads_values = given.facts is None or bool(given.facts.keys.keys() - {"global"}) or bool(release.values)
    if "." in name and reads_values:
        message = f"helm gives no values to the chart {name!r} inside another: it takes the dot in its name for a path"
        raise ChartError("dot-in-chart-name", message, f"install {name} by itself, with values.yaml from dist/")
