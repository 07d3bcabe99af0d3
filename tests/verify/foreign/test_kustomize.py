"""Folders of Kustomize: what they list is checked, without running kustomize."""

from __future__ import annotations

import pytest

BASE = "resources: [web.yaml, service.yaml]\n"
WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.org/web:1.0.0
          readinessProbe: {tcpSocket: {port: 80}}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""
TREE = {
    "base/kustomization.yaml": BASE,
    "base/web.yaml": WEB,
    "base/service.yaml": SERVICE,
    "overlays/dev/kustomization.yaml": "namespace: dev\nresources: [../../base]\n",
    "overlays/prod/kustomization.yaml": "namespace: prod\nresources: [../../base]\npatches: [{path: more.yaml}]\n",
    "overlays/prod/more.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 5}\n",
}


def edit(file: str, right: str, wrong: str) -> dict[str, str]:
    """Give the tree with one thing changed, which must be there."""
    assert right in TREE[file]
    return {**TREE, file: TREE[file].replace(right, wrong, 1)}


def test_good_overlays_are_quiet(verify):
    """A base and two overlays, each a cluster of its own: that is said, and nothing else."""
    examined = verify(TREE)
    assert examined.findings == ()
    assert any("taken for a cluster each: 2 (overlays/dev, overlays/prod)" in note for note in examined.notes)
    assert examined.objects == 2


FAULTS = [
    ("base/web.yaml", "replicas: 2", "replica: 2", "unknown-field base/web.yaml:5:3"),
    ("base/web.yaml", "web:1.0.0", "web:latest", "unpinned-source base/web.yaml:12:18"),
    ("base/service.yaml", "{app: web}", "{app: wep}", "selects-nothing base/service.yaml:4:18"),
    ("base/kustomization.yaml", "service.yaml", "servise.yaml", "kustomize-file-missing base/kustomization.yaml:1:23"),
    ("base/kustomization.yaml", "resources", "resource", "unknown-field base/kustomization.yaml:1:1"),
    ("overlays/dev/kustomization.yaml", "base", "bas", "kustomize-file-missing overlays/dev/kustomization.yaml:2:13"),
    (
        "overlays/dev/kustomization.yaml",
        "namespace: dev",
        "images: [{name: registry.example.org/web, newTag: latest}]",
        "unpinned-source overlays/dev/kustomization.yaml:1:51",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "expected"), FAULTS)
def test_fault_is_told_once_at_its_place(found, file, right, wrong, expected):
    """However many overlays share the base."""
    assert found(edit(file, right, wrong)) == [expected]


def test_value_that_a_patch_writes_is_not_told_of_the_base(verify):
    """It does not stand there; that it was not looked at is said."""
    examined = verify(edit("overlays/prod/more.yaml", "replicas: 5", "replicas: many"))
    assert examined.findings == ()
    assert any("what a patch" in note for note in examined.notes)


MENDED = {
    "an image": ("web:1.0.0", "web", "images: [{name: registry.example.org/web, newTag: 1.0.0}]\n"),
    "a patch": (
        "replicas: 2",
        "replicas: '2'",
        "patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 5}}'}]\n",
    ),
    "operations": (
        "replicas: 2",
        "replicas: '2'",
        "patches: [{target: {kind: Deployment}, patch: '[{op: replace, path: /spec/replicas, value: 3}]'}]\n",
    ),
    "a count": ("replicas: 2", "replicas: '2'", "replicas: [{name: web, count: 3}]\n"),
    "labels": (
        "selector: {matchLabels: {app: web}}",
        "selector: {matchLabels: {app: web, tier: front}}",
        "commonLabels: {tier: front}\n",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "more"), MENDED.values(), ids=MENDED)
def test_what_an_overlay_mends_is_no_fault(found, right, wrong, more):
    """The object is judged as the overlay leaves it."""
    files = edit("base/web.yaml", right, wrong)
    files = {name: text for name, text in files.items() if "prod" not in name}
    broken = found(files)
    files["overlays/dev/kustomization.yaml"] += more
    assert broken != []
    assert found(files) == []


def test_object_that_a_patch_takes_away_is_not_there(found):
    """What is wrong with it does not matter."""
    files = edit("base/service.yaml", "{app: web}", "{app: wep}")
    patch = "patches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: web}, $patch: delete}'}]\n"
    for overlay in ("dev", "prod"):
        files[f"overlays/{overlay}/kustomization.yaml"] = "namespace: x\nresources: [../../base]\n" + patch
    assert found(files) == []


def test_file_that_nobody_lists_is_left_alone(verify):
    """Nor is a patch an object, or a component that nobody uses."""
    files = {
        **TREE,
        "base/old.yaml": WEB.replace("replicas: 2", "replica: 2"),
        "unused/kustomization.yaml": "kind: Component\nresources: [a.yaml]\n",
        "unused/a.yaml": WEB.replace("replicas: 2", "replica: 2"),
    }
    assert verify(files).findings == ()


GENERATED = "configMapGenerator: [{name: settings, literals: [a=b], files: [c.txt, d=e.txt]}]\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("configMapKeyRef: {name: settings, key: a}", []),
        ("configMapKeyRef: {name: settings, key: c.txt}", []),
        ("configMapKeyRef: {name: settings, key: d}", []),
        ("configMapKeyRef: {name: settings, key: e.txt}", ["key-not-in-reference base/web.yaml:13:78"]),
        ("configMapKeyRef: {name: setings, key: a}", ["dangling-reference base/web.yaml:13:63"]),
    ],
)
def test_generated_config_map_is_somebodys(found, source, said):
    """By the name and the keys that it is given; the hash is added to both ends."""
    web = WEB.replace(
        "          readinessProbe", f"          env: [{{name: A, valueFrom: {{{source}}}}}]\n          readinessProbe"
    )
    files = {
        **TREE,
        "base/web.yaml": web,
        "base/kustomization.yaml": BASE + GENERATED,
        "base/c.txt": "",
        "base/e.txt": "",
    }
    assert found(files) == said


def test_secret_in_a_generator_is_found_and_not_shown(verify):
    """The literal is pointed at; a place to fill in is no secret."""
    literals = "secretGenerator: [{name: db, literals: ['user=${USER}', password=hunter2]}]\n"
    (finding,) = verify({**TREE, "base/kustomization.yaml": BASE + literals}).findings
    assert (finding.code, finding.place.line, finding.place.column, finding.hide_source) == (
        "secret-in-git",
        2,
        57,
        True,
    )
    assert "hunter2" not in finding.message + finding.help


def test_encrypted_secret_is_none_in_plain(found):
    """SOPS keeps keys readable and values not."""
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: 'ENC[AES256_GCM,data:x]'}\n"
    assert found({"a.yaml": secret + "sops: {mac: x}\n"}) == []
    assert found({"a.yaml": secret.replace("ENC[AES256_GCM,data:x]", "hunter2")}) == ["secret-in-git a.yaml:1:1"]


@pytest.mark.parametrize("value", ["op://vault/item/field", "${PASSWORD}", "<path:secret/data#key>", "REPLACE_ME", ""])
def test_place_to_fill_in_is_no_secret(found, value):
    """Somebody fills it in before it is applied."""
    assert not found({"a.yaml": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: {{a: '{value}'}}\n"})


def test_variable_of_flux_is_not_judged(verify):
    """It is filled in; that it was not looked at is said."""
    examined = verify(edit("base/web.yaml", "replicas: 2", "replicas: ${COPIES}"))
    assert examined.findings == ()
    assert any("variable" in note for note in examined.notes)


APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd}}
spec:
  project: default
  source: {{repoURL: https://git.example.org/x.git, path: {path}, targetRevision: v1.0.0{more}}}
  destination: {{name: {cluster}, namespace: {name}}}
"""


def test_application_applies_an_overlay(verify, found):
    """Then the overlay is no cluster of its own; two for one place are one too many."""
    files = {**TREE, "apps/dev.yaml": APPLICATION.format(name="dev", path="overlays/dev", cluster="one", more="")}
    examined = verify(files)
    assert not any("overlays/dev" in note for note in examined.notes)
    again = {**files, "apps/b.yaml": APPLICATION.format(name="b", path="overlays/dev", cluster="one", more="")}
    assert "object-owned-twice base/web.yaml:3:18" in found(again)
    renamed = APPLICATION.format(name="b", path="overlays/dev", cluster="one", more=", kustomize: {namePrefix: b-}")
    assert found({**files, "apps/b.yaml": renamed}) == []


def test_application_in_a_kustomization_counts(found):
    """An app of apps, listed by a kustomization that nobody applies here."""
    files = {
        "apps/kustomization.yaml": "resources: [shop.yaml]\n",
        "apps/shop.yaml": APPLICATION.format(name="shop", path="shop", cluster="one", more=""),
        "shop/web.yaml": WEB.replace("replicas: 2", "replica: 2"),
    }
    assert found(files) == ["unknown-field shop/web.yaml:5:3"]


def test_ring_of_kustomizations_ends(found):
    """Each builds upon the other; kustomize refuses that, and we come to an end."""
    files = {"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"}
    assert found(files) == []


def test_address_is_not_looked_for(verify):
    """What is fetched may bring anything, so nothing is called nobody's."""
    files = {
        **TREE,
        "base/kustomization.yaml": "resources: [web.yaml, 'https://example.org/service.yaml?ref=v1.0.0']\n",
    }
    assert verify(files).findings == ()


def test_file_that_helm_renders_beside_a_chart_is_not_missed(found):
    """A plugin of Argo CD's renders the chart into it before kustomize runs."""
    assert found({"x/Chart.yaml": "name: x\n", "x/kustomization.yaml": "resources: [all.yaml]\n"}) == []


def test_field_is_known_whatever_its_case(found):
    """Go reads it so; the patch counts."""
    files = edit("base/web.yaml", "replicas: 2", "replicas: '2'")
    patch = (
        "patchesJSON6902: [{target: {kind: Deployment}, patch: '[{op: replace, path: /spec/replicas, value: 3}]'}]\n"
    )
    files["base/kustomization.yaml"] += patch
    assert found(files) == []


def test_key_beside_a_variable_is_judged(found):
    """Only the value is filled in."""
    assert "unknown-field base/web.yaml:5:3" in found(edit("base/web.yaml", "replicas: 2", "replica: ${COPIES}"))


def test_applications_in_a_changed_kustomization_apply_theirs(verify):
    """Whoever applies the kustomization lays labels over it: its Applications are found in the next round."""

    def application(name: str, more: str) -> str:
        return (
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\n"
            f"metadata: {{name: {name}, namespace: argocd}}\nspec:\n  project: default\n"
            f"  destination: {{server: https://kubernetes.default.svc, namespace: {name}}}\n"
            f"  source: {{repoURL: https://git.example.org/r.git, targetRevision: v1, {more}}}\n"
        )

    examined = verify(
        {
            "root.yaml": application("root", "path: apps, kustomize: {commonLabels: {a: b}}"),
            "apps/kustomization.yaml": "resources: [web.yaml]\n",
            "apps/web.yaml": application("web", "path: web"),
            "web/kustomization.yaml": "resources: [page.yaml]\n",
            "web/page.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: page}\ndata: {a: 1}\n",
        }
    )
    (finding,) = examined.findings
    assert (finding.code, "ConfigMap web/page" in finding.message) == ("wrong-field-type", True)


OF_FOLDER = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: NAME, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example.org/x.git, path: NAME, targetRevision: v1.0.0}
  destination: {server: https://kubernetes.default.svc, namespace: NAMESPACE}
  ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]
"""
NOTE = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\n"
CHARTS = "helmCharts: [{name: web, repo: https://charts.example.org, version: 1.0.0, namespace: shop}]\n"


def apply(folder: str, namespace: str) -> str:
    """Write an Application of a folder."""
    return OF_FOLDER.replace("NAMESPACE", namespace).replace("NAME", folder)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (CHARTS, []),
        ("resources: [note.yaml, away.yaml]\n", ["kustomize-file-missing a/kustomization.yaml:1:24"]),
        ("", ["difference-not-ignored a.yaml:8:23"]),
    ],
    ids=["a chart", "a file that is not there", "nothing else"],
)
def test_difference_of_what_is_not_shown_may_be_ignored(found, more, said):
    """A chart beside the files brings what nobody can tell, and so may a file that is not there."""
    listed = more if "resources" in more else f"resources: [note.yaml]\n{more}"
    assert found({"a.yaml": apply("a", "shop"), "a/kustomization.yaml": listed, "a/note.yaml": NOTE}) == said


@pytest.mark.parametrize(("charts", "said"), [(CHARTS, []), ("", ["selects-nothing b/service.yaml:4:18"])])
def test_chart_of_a_kustomization_may_bring_pods_to_its_namespace(found, charts, said):
    """It says itself where they go, wherever the Application does."""
    files = {
        "a.yaml": apply("a", "elsewhere"),
        "b.yaml": apply("b", "shop").partition("  ignore")[0],
        "a/kustomization.yaml": f"resources: [note.yaml]\n{charts}",
        "a/note.yaml": NOTE,
        "b/service.yaml": SERVICE,
    }
    assert [one for one in found(files) if one.startswith("selects-nothing")] == said


def test_kustomization_with_places_of_jinja_is_a_template(found):
    """A program fills it in before anybody applies it."""
    text = "resources: [../base]\n{% if more %}\npatches: [{path: more.yaml}]\n{% endif %}\n"
    assert found({"templates/kustomization.yaml": text}) == []


def test_overlay_that_nobody_applies_may_select_what_a_chart_brings_elsewhere(found):
    """Nobody says which cluster it is for: it may be the one whose Application fills that namespace."""
    files = edit("base/service.yaml", "selector: {app: web}", "selector: {app: cache}")
    overlay = {key: text for key, text in files.items() if "prod" not in key}
    chart = apply("cache", "dev").partition("  ignore")[0].replace("path:", "chart:")
    assert found(overlay) == ["selects-nothing base/service.yaml:4:18"]
    assert found({**overlay, "a.yaml": chart}) == []
