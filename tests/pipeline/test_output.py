"""What a run leaves on the disk: all of it or nothing, and nothing the second time."""

from __future__ import annotations

import json
from pathlib import Path

from repository_support.repository import CONFIG_MAP, Repository, codes, only
from trimtab.pipeline import check_stages, synth_stages


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Read what any write would change: inode and time of every file and folder."""
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))}


def test_check_writes_nothing(repository: Repository) -> None:
    """`check` leaves the repository as it found it."""
    before = stamps(repository.root)
    repository.check()
    assert stamps(repository.root) == before


def test_second_run_writes_nothing(repository: Repository) -> None:
    """Not a file is touched, not even for its time."""
    repository.synth()
    before = stamps(repository.root / "dist")
    state = repository.synth()
    assert stamps(repository.root / "dist") == before
    assert state.written["lab"].changed == ()


def test_files_of_a_removed_component_go(repository: Repository) -> None:
    """What an application left behind is removed with it."""
    repository.add("components: {gateway-api: {}}")
    repository.synth()
    assert (repository.root / "dist/lab/root/application.argoproj.io_argocd_lab-gateway-api.yaml").exists()
    repository.add("components: {gateway-api: null}")
    state = repository.synth()
    assert codes(state) == []
    assert not [path for path in repository.tree() if "gateway-api" in path]
    assert state.written["lab"].removed


def test_foreign_files_stay_and_are_named(repository: Repository) -> None:
    """A file that we did not make is a warning and is never deleted."""
    repository.synth()
    repository.write("dist/lab/apps/notes.txt", "mine")
    repository.add("components: {gateway-api: {}}")
    finding = only(repository.synth(), "foreign-file-in-dist")
    assert finding.message.startswith("dist/lab/apps/notes.txt")
    assert repository.tree()["lab/apps/notes.txt"] == b"mine"


def test_hand_edited_output_is_refused(repository: Repository) -> None:
    """An edit is neither kept silently nor lost silently; `discard_edits` writes over it."""
    repository.synth()
    edited = repository.root / "dist/lab/apps/cert-manager/values.yaml"
    whole = edited.read_bytes()
    edited.write_bytes(whole + b"mine: 1\n")
    assert only(repository.synth(), "hand-edited-output").place is not None
    assert edited.read_bytes() == whole + b"mine: 1\n"
    assert codes(repository.synth(discard_edits=True)) == []
    assert edited.read_bytes() == whole


def test_folder_of_no_cluster_is_named_and_stays(repository: Repository) -> None:
    """A cluster whose settings are gone keeps its folder: its Applications may still be in Argo CD."""
    repository.synth()
    (repository.root / "dist/lab").rename(repository.root / "dist/old")
    assert only(repository.synth(), "cluster-without-settings").message.startswith("dist/old")
    assert (repository.root / "dist/old/index.json").exists()


def test_left_behind_stage_of_a_killed_run_is_cleared(repository: Repository) -> None:
    """A staged folder of a run that was killed is gone after the next one."""
    repository.synth()
    left = repository.root / "dist/.lab.new-99999"
    (left / "apps").mkdir(parents=True)
    assert repository.synth().findings == ()
    assert not left.exists()


def test_one_cluster_with_an_error_keeps_every_cluster_from_being_written(repository: Repository) -> None:
    """All clusters or none: a tree of two states is nobody's intention."""
    text = (repository.root / "apps/clusters/lab.yaml").read_text()
    repository.write("apps/clusters/second.yaml", text.replace("cluster: lab", "cluster: second") + "\nunknown: 1\n")
    assert repository.synth().has_errors
    assert not (repository.root / "dist").exists()


def test_chosen_cluster_is_written_alone(repository: Repository) -> None:
    """The other clusters' folders are neither written nor called strangers."""
    text = (repository.root / "apps/clusters/lab.yaml").read_text()
    repository.write("apps/clusters/second.yaml", text.replace("cluster: lab", "cluster: second"))
    repository.synth()
    repository.add("components: {gateway-api: {}}", cluster="second")
    before = stamps(repository.root / "dist/second")
    assert repository.synth(clusters=("lab",)).findings == ()
    assert stamps(repository.root / "dist/second") == before


def test_strict_run_writes_nothing_while_there_is_a_warning(repository: Repository) -> None:
    """Under `strict` a warning of any stage, the last one too, keeps the tree as it was."""
    repository.synth()
    repository.write("dist/lab/notes.txt", "mine")
    repository.add("components: {gateway-api: {}}")
    before = stamps(repository.root / "dist")
    state = repository.synth(strict=True)
    assert codes(state) == ["foreign-file-in-dist"]
    assert state.written == {}
    assert stamps(repository.root / "dist") == before
    assert repository.synth().written["lab"].changed


def test_strict_run_stops_at_an_early_warning(repository: Repository) -> None:
    """A warning of the settings keeps a strict run from writing, and an easy one writes."""
    repository.write("apps/clusters/other.yml", "")
    assert repository.synth(strict=True).written == {}
    assert not (repository.root / "dist").exists()
    assert repository.synth().written["lab"].changed


def test_linked_output_folder_is_followed_and_named_as_written(repository: Repository, tmp_path: Path) -> None:
    """`dist` itself may be a link; findings still say `dist`."""
    (tmp_path / "elsewhere").mkdir()
    (repository.root / "dist").symlink_to(tmp_path / "elsewhere")
    repository.synth()
    repository.write("dist/lab/notes.txt", "mine")
    assert only(repository.synth(), "foreign-file-in-dist").message.startswith("dist/lab/notes.txt")
    assert (tmp_path / "elsewhere/lab/index.json").exists()


def test_linked_cluster_folder_is_refused(repository: Repository, tmp_path: Path) -> None:
    """A link where a cluster's folder has to be could lead anywhere: nothing is written through it."""
    (tmp_path / "elsewhere").mkdir()
    (repository.root / "dist").mkdir()
    (repository.root / "dist/lab").symlink_to(tmp_path / "elsewhere")
    assert repository.synth().has_errors
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_construct_metadata_names_every_object(repository: Repository) -> None:
    """The file that cdk8s's validations read knows each object by its construct path; the next run passes over it."""
    repository.write("apps/manifests/lab/shop/a.yaml", CONFIG_MAP % "one")
    repository.synth(construct_metadata=True)
    metadata = json.loads(repository.tree()["construct-metadata.json"])
    assert metadata["resources"]["one"] == {"path": "shop/configmap-one"}
    assert metadata["resources"]["ca"] == {"path": "cert-manager-issuers/clusterissuer-ca"}
    assert repository.synth().findings == ()


def test_helm_form_holds_plain_objects_only(repository: Repository) -> None:
    """What is left out is said; braces are escaped so that Helm gives them back."""
    repository.write("apps/manifests/lab/shop/a.yaml", (CONFIG_MAP % "one").replace("value", "'{{ .Values.x }}'"))
    state = repository.synth(helm=True, dist=repository.root / "chart/templates")
    tree = repository.tree("chart/templates")
    assert tree
    assert all("/manifests/" in path for path in tree)
    assert b"{{ `{{` }} .Values.x }}" in tree["lab/apps/shop/manifests/configmap_one.yaml"]
    assert any("left out of the Helm chart" in note for note in state.notes)


def test_stages_read_as_a_list() -> None:
    """`synth` does all that `check` does up to the allowances, and writes last."""
    checked, built = ([stage.name for stage in stages] for stages in (check_stages(), synth_stages()))
    assert built[: len(checked) - 1] == checked[:-1]
    assert [stage.name for stage in synth_stages() if stage.writes] == ["write"]
    assert built[-1] == "write"
