"""Harbor: the chart harbor; its version is the chart's, not the application's."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

_INDEX = "https://helm.goharbor.io"


def _release(version: str, app_version: str, *, floor: str | None = None) -> Release:
    return Release(
        component="harbor",
        version=version,
        charts=build_charts(main=build_pin("harbor", "harbor", version, _INDEX, app_version=app_version)),
        kubernetes=build_range("1.20"),
        floor=floor,
        # arm64 came after the releases held here (goharbor/harbor#22491).
        architectures=("amd64",),
        source=build_sources(
            charts=f"goharbor/harbor-helm@v{version} README.md:21, Chart.yaml",
            kubernetes=f"goharbor/harbor-helm@v{version} README.md (Prerequisites)",
            architectures=f"goharbor/harbor@v{app_version} Makefile, .github/workflows (no platform but the default)",
            **({"floor": "goharbor/website docs/administration/upgrade/_index.md:6"} if floor else {}),
        ),
    )


RELEASES = (
    # Harbor 2.12, the oldest that 2.15 can be reached from, is chart 1.16.
    _release("1.19.1", "2.15.1", floor="1.16.0"),
    _release("1.18.4", "2.14.4"),
    _release("1.17.4", "2.13.4"),
)
