"""Pydantic's compiler, which takes longer than a check, is not woken by a run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys
from pathlib import Path
from trimtab.pipeline import build_stages
from trimtab.pipeline.state import Options, run_stages
from trimtab.settings.model import Model

def below(model):
    return {model}.union(*map(below, model.__subclasses__()))

state = run_stages(build_stages(), Options(root=Path(sys.argv[1])))
assert len(state.clusters) == 5 and all(cluster.files for cluster in state.clusters)
print(sorted(model.__name__ for model in below(Model) - {Model} if model.__pydantic_complete__))
"""

VERIFYING = """
import sys
from pathlib import Path
from trimtab.pipeline.examining import examine_tree
from trimtab.pipeline.tree_source import open_tree
from trimtab.settings.model import Model

assert examine_tree(open_tree(sys.argv[1])).objects == 1
print(sorted(model.__name__ for model in Model.__subclasses__() if model.__pydantic_complete__))
"""


def test_building_all_clusters_compiles_no_model() -> None:
    """Models are constructed, copied and read; none is validated, dumped or called."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, ROOT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_verifying_a_tree_compiles_no_model(tmp_path: Path) -> None:
    """Where no file says what the cluster has beside the tree, the model of that file is constructed too."""
    (tmp_path / "one.yaml").write_text("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n")
    done = subprocess.run([sys.executable, "-c", VERIFYING, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
