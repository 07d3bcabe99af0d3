"""Running an example: laid over the base in a folder of its own, in the world it needs, and what is printed."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping
from contextlib import chdir
from datetime import date
from pathlib import Path

from example_support.made_bytes import write_recipe
from example_support.scene import Recipe, Scene, read_scene
from example_support.world import World, make_world
from git_support.git import commit_all
from helm_support.vendored import vendor_charts
from repository_support.repository import Repository
from trimtab.findings.renderers import RENDERERS, Page
from trimtab.findings.report import Report
from trimtab.pipeline import check_stages, lock_check_stages, synth_stages
from trimtab.pipeline.choosing_base import find_base
from trimtab.pipeline.examining import examine_tree
from trimtab.pipeline.state import Options, run_stages
from trimtab.pipeline.tree_source import open_tree
from trimtab.rules.pages import EXPECTED, SCENE

BAD = Path(__file__).parents[2] / "bad"
BASE = BAD / "_base"
BEFORE = "before"
"""The folder of what an example was, where its code is about a change."""
TREE = "tree"
"""The folder of an example that is a tree of somebody else's: manifests, and what is said of them."""
VERIFY = f"trimtab verify {TREE}"
STAGES = {
    "trimtab check": check_stages,
    "trimtab synth": synth_stages,
    "trimtab lock --check": lock_check_stages,
}
"""Commands of which only what they find is looked at; of others, all that they print to stderr."""


def run_example(example: Path, folder: Path, command: str) -> str:
    """Lay an example over the base below `folder`, run a command, and give what it prints.

    What an example has in `before/` is synthesized and committed first, and is what the rest is compared with.
    """
    scene, root = read_scene(example), folder / "repository"
    with make_world(folder / "world", scene) as world:
        options = _lay_out(example, root, command)
        _set_up(root, scene, world)
        return world.show(_run(command, options)).replace(f"{root}/", "")


def _lay_out(example: Path, root: Path, command: str) -> Options:
    if command == VERIFY:
        (root / TREE).mkdir(parents=True)
        if (example / TREE).is_dir():
            shutil.copytree(example / TREE, root / TREE, dirs_exist_ok=True)
        return Options(root=root)
    options = _commit_before(example / BEFORE, root) if (example / BEFORE).is_dir() else Options(root=root)
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    left_out = shutil.ignore_patterns(EXPECTED, BEFORE, SCENE, "__pycache__")
    shutil.copytree(example, root, dirs_exist_ok=True, ignore=left_out)
    return options


def _commit_before(folder: Path, root: Path) -> Options:
    """Commit what a repository was before, with its output, and give the options that compare with it."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    shutil.copytree(folder, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("dist"))
    before = run_stages(synth_stages(), Options(root=root))
    assert not before.has_errors, before.findings
    shutil.copytree(folder, root, dirs_exist_ok=True)
    commit_all(root)
    shutil.rmtree(root / "apps")
    options, notes = find_base(Options(root=root), None)
    assert notes == ()
    return options


def _set_up(root: Path, scene: Scene, world: World) -> None:
    """Write what Git could not hold, and run what comes first."""
    for file in root.rglob("*.yaml") if scene.served else ():
        file.write_bytes(world.enter(file.read_bytes().decode()).encode())
    _write(root, scene.files)
    if scene.vendored:
        vendor_charts(Repository(root=root), scene.vendored)
    for command in scene.before:
        _call(command, root)
    _write(root, scene.then)


def _write(root: Path, files: Mapping[str, Recipe]) -> None:
    for path, recipe in files.items():
        write_recipe(root / path, recipe)


def _run(command: str, options: Options) -> str:
    if command == VERIFY:
        return _verify(options.root)
    if command not in STAGES:
        return _call(command, options.root)
    state = run_stages(STAGES[command](), options)
    return RENDERERS["text"](Page(report=Report(findings=state.findings), sources=state.texts))


def _verify(root: Path) -> str:
    """Verify a tree from the top of its repository."""
    commit_all(root / TREE)
    with chdir(root):
        examined = examine_tree(open_tree(TREE), today=date(2026, 1, 1))
    return RENDERERS["text"](Page(report=Report(findings=examined.findings), sources=examined.texts))


def _call(command: str, root: Path) -> str:
    _, *arguments = shlex.split(command)
    return Repository(root=root).call(*arguments).stderr
