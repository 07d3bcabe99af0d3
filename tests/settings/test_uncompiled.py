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


def test_building_all_clusters_compiles_no_model() -> None:
    """Models are constructed, copied and read; none is validated, dumped or called."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, ROOT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
