"""The stock way: an App for a cluster, a Chart for an application, an ApiObject and a JsonPatch for an object."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench_support.objects import iter_objects
from trimtab.synth.node import ensure_node


def main() -> None:
    """Build and write as many objects of a tree as are asked for; the first call only chooses them."""
    dist, wanted = Path(sys.argv[1]), int(sys.argv[2])
    kept = dist.parent / f"plain-{wanted}.json"
    if not kept.exists():
        kept.write_text(json.dumps(_choose(dist, wanted)))
        return
    ensure_node()
    import cdk8s

    for cluster, applications in json.loads(kept.read_text()).items():
        app = cdk8s.App(outdir=f"dist/{cluster}")
        for application, objects in applications.items():
            chart = cdk8s.Chart(app, application)
            for at, value in enumerate(objects):
                made = cdk8s.ApiObject(
                    chart,
                    f"o{at}",
                    api_version=value["apiVersion"],
                    kind=value["kind"],
                    metadata=cdk8s.ApiObjectMetadata(name=value["metadata"]["name"]),
                )
                rest = {key: item for key, item in value.items() if key not in {"apiVersion", "kind", "metadata"}}
                made.add_json_patch(*(cdk8s.JsonPatch.add(f"/{key}", item) for key, item in rest.items()))
        app.synth()


def _choose(dist: Path, wanted: int) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Give the first objects of a tree, by cluster and application."""
    chosen: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    count = 0
    for path, value in iter_objects(dist):
        parts = path.split("/")
        if "manifests" in parts and count < wanted:
            chosen[parts[0]][parts[2]].append(value)
            count += 1
    return chosen


if __name__ == "__main__":
    main()
