"""Which files of a tree are read, and what is said of the others."""

from __future__ import annotations

import os

import pytest

from git_support.git import commit_all
from trimtab.pipeline.examining import Examined, examine_tree
from trimtab.pipeline.tree_source import NoTreeError, open_tree

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n  namespace: shop\ndata:\n  a: {value}\n"
GOOD = CONFIG.format(name="a", value="b")
BAD = CONFIG.format(name="a", value="1")


def test_what_is_no_object_is_left_out(verify):
    """Values, charts, Kustomize's files, settings and templates are counted and never refused."""
    examined = verify(
        {
            "values.yaml": "kind: x\napiVersion: y\n",
            "chart/Chart.yaml": "apiVersion: v2\nname: x\n",
            "chart/templates/a.yaml": "apiVersion: v1\nkind: {{ .Values.kind }}\n",
            "base/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
            "base/patch.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {wrong: 1}\n",
            "t.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {{ x }}\n",
            "mkdocs.yaml": "x: !!python/name:a.b\n",
            "a.yaml": GOOD,
        }
    )
    assert examined.findings == ()
    assert examined.objects == 1
    assert "files left out: 2 of Helm charts, 2 of Kustomize, 1 templates, 2 without an object" in examined.notes


@pytest.mark.parametrize("name", ["'{{ .name }}-rbd'", "shop-{{uid}}", "'${CLUSTER}-shop'"])
def test_file_with_a_place_in_its_name_is_a_template(verify, name):
    """It reads as YAML, and is filled in before it is applied; only the name of the object counts."""
    examined = verify({"a.yaml": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\n"})
    assert (examined.findings, examined.objects) == ((), 0)


@pytest.mark.parametrize("group", ["k3d.io/v1alpha5", "cli.kyverno.io/v1alpha1"])
def test_file_of_a_tool_is_no_object(verify, group):
    """No API server is sent it, whatever it looks like."""
    assert verify({"a.yaml": f"apiVersion: {group}\nkind: Test\nmetadata: {{name: Big_Name}}\n"}).objects == 0


def test_two_folders_may_go_to_two_namespaces(found):
    """Objects without a namespace that nobody applies: beside each other they are one, in two folders perhaps not."""
    pod = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\n"
    assert not found({"one/a.yaml": pod, "two/a.yaml": pod})


def test_two_files_beside_each_other_go_to_one(found):
    """Then one of them is too many."""
    pod = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\n"
    assert found({"one/a.yaml": pod, "one/b.yaml": pod}) == ["object-owned-twice one/b.yaml:3:18"]


def test_object_of_three_files_is_one_of_three(verify):
    """Examples of which somebody applies one; that is said, and not called a mistake."""
    pod = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {a: %s}\n"
    examined = verify({f"one/{name}.yaml": pod % name for name in "abc"})
    assert examined.findings == ()
    assert "objects that several files hold and no Application applies, taken for alternatives: 1" in examined.notes


def test_object_twice_in_one_file_is_no_choice(found):
    """Whoever applies the file applies both."""
    pod = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\n"
    files = {f"one/{name}.yaml": pod for name in "abc"} | {"two.yaml": f"{pod}---\n{pod}"}
    assert found(files) == ["object-owned-twice two.yaml:7:18"]


def test_empty_folder_holds_nothing(verify):
    """A folder without a manifest is no mistake."""
    examined = verify({"README.md": "# nothing\n"})
    assert (examined.findings, examined.objects) == ((), 0)


def test_links_are_not_followed(verify, tmp_path):
    """A symbolic link is counted, and what it leads to is not read, in the tree or outside."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "bad.yaml").write_text(BAD)
    (tmp_path / "link.yaml").symlink_to(outside / "bad.yaml")
    (tmp_path / "folder").symlink_to(outside)
    examined = verify({"a.yaml": GOOD})
    assert (examined.findings, examined.objects) == ((), 1)
    assert "not followed, not read: 1 symbolic links" in examined.notes


def test_binary_file_is_no_object(verify):
    """A file that is no text and names no object is left out; one that does is refused where the text breaks."""
    assert verify({"a.yaml": b"\x00\xff\xfe" * 100}).findings == ()
    (finding,) = verify({"b.yaml": b"apiVersion: v1\nkind: \xff\n"}).findings
    assert (finding.code, finding.place.line) == ("not-utf8", 2)


def test_broken_file_is_refused_at_its_place(found):
    """Text that is no YAML is refused with its place, and the other files are read."""
    assert found({"a.yaml": "apiVersion: v1\nkind: [\n", "b.yaml": BAD}) == [
        "not-yaml a.yaml:3:1",
        "wrong-field-type b.yaml:7:6",
    ]


@pytest.mark.skipif(os.getuid() == 0, reason="root reads everything")
def test_unreadable_file_is_a_finding(verify, tmp_path):
    """A file that cannot be read is named, and the run goes on."""
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "a.yaml").chmod(0)
    assert [one.code for one in verify({"b.yaml": GOOD}).findings] == ["unreadable-file"]


def test_special_file_is_not_opened(verify, tmp_path):
    """A pipe in a tree is counted; to open it would wait for ever."""
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "not followed, not read: 1 special files" in verify({"a.yaml": GOOD}).notes


def test_huge_file_is_a_finding(verify, monkeypatch):
    """A file over the limit is named and not read."""
    monkeypatch.setattr("trimtab.tree.manifest_files.MOST_BYTES", 1000)
    examined = verify({"a.yaml": GOOD + "#" * 1000, "b.yaml": GOOD.replace("name: a", "name: b")})
    assert [one.code for one in examined.findings] == ["unreadable-file"]
    assert examined.objects == 1


@pytest.mark.unmeasured
def test_ten_thousand_files_are_read(verify, tmp_path):
    """A tree of ten thousand files is read whole."""
    (tmp_path / "many").mkdir()
    for number in range(10_000):
        (tmp_path / f"many/{number}.yaml").write_bytes(CONFIG.format(name=f"a{number}", value="b").encode())
    examined = verify({})
    assert (examined.objects, examined.findings) == (10_000, ())


def test_revision_is_read_from_git(tmp_path, monkeypatch):
    """A revision's own files are read, whatever lies on the disk; and only those below the folder that is named."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/a.yaml").write_text(BAD)
    (tmp_path / "other.yaml").write_text(BAD)
    commit_all(tmp_path)
    (tmp_path / "shop/a.yaml").write_text(GOOD)
    whole = examine_tree(open_tree("HEAD"), kubernetes="1.35")
    below = examine_tree(open_tree("HEAD:shop"), kubernetes="1.35")
    assert _wrong(whole) == ["other.yaml", "shop/a.yaml"]
    assert _wrong(below) == ["shop/a.yaml"]
    assert _wrong(examine_tree(open_tree("."), kubernetes="1.35")) == ["other.yaml"]


def test_revision_of_a_repository_of_ours_is_its_tree(tmp_path, monkeypatch):
    """What makes the tree is no part of it: without a folder the answer is that of no argument at all."""
    monkeypatch.chdir(tmp_path)
    for folder in ("apps", "dist"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").write_text(BAD)
    commit_all(tmp_path)
    assert _wrong(examine_tree(open_tree("HEAD"), kubernetes="1.35")) == ["dist/a.yaml"]
    assert _wrong(examine_tree(open_tree("HEAD:"), kubernetes="1.35")) == ["apps/a.yaml", "dist/a.yaml"]


@pytest.mark.parametrize("asked", ["nowhere", "--help", "HEAD:shop", ""])
def test_neither_folder_nor_revision_is_refused(asked, tmp_path, monkeypatch):
    """What is no folder and no revision is named as such, and is never taken for an option of git."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoTreeError, match="no folder"):
        open_tree(asked)


def test_one_file_is_a_tree(tmp_path):
    """A single file can be verified."""
    (tmp_path / "a.yaml").write_text(BAD)
    examined = examine_tree(open_tree(str(tmp_path / "a.yaml")), kubernetes="1.35")
    assert [one.place.file for one in examined.findings if one.place] == [str(tmp_path / "a.yaml")]


def _wrong(examined: Examined) -> list[str]:
    return sorted(one.place.file for one in examined.findings if one.place and one.code == "wrong-field-type")
