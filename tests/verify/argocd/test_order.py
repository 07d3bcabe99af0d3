"""Nothing is applied before what it needs: proven within an application and across all of them."""

from __future__ import annotations

import pytest
import yaml

from argocd_tree_support.trees import FOREIGN, WORLD, application, complain, read_entries, say
from trimtab.verify.complaint import Complaint, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.world import World

CRD = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.org}
spec: {group: example.org, scope: Namespaced, names: {kind: Widget, plural: widgets}}
"""
WIDGET = "{apiVersion: example.org/v1, kind: Widget, metadata: {name: w, namespace: shop}}"
NAMESPACE = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}"
CONFIG = "{apiVersion: v1, kind: ConfigMap, metadata: {name: config, namespace: shop}}"
CLASS = "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}}"
CLAIM = """
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {storageClassName: fast}
"""
JOB = """
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop}
spec: {template: {spec: {containers: [{name: a, envFrom: [{configMapRef: {name: config}}]}]}}}
"""
SET = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  template: {spec: {containers: []}}
  volumeClaimTemplates: [{spec: {storageClassName: fast}}]
"""


def annotated(text: str, **annotations: str) -> str:
    """Give a document with a wave or a hook."""
    document = yaml.safe_load(text)
    keys = {"wave": "argocd.argoproj.io/sync-wave", "hook": "argocd.argoproj.io/hook"}
    document["metadata"]["annotations"] = {keys[name]: value for name, value in annotations.items()}
    return yaml.safe_dump(document)


def app(name: str, wave: str, parent: str = "root", spec: str = "") -> list[Entry]:
    """Make an Application that a parent brings in a wave."""
    text = yaml.safe_load(application(spec))
    text["metadata"]["name"] = name
    return read_entries(annotated(yaml.safe_dump(text), wave=wave), application=parent)


def order(entries: list[Entry], world: World = WORLD) -> list[tuple[str, str]]:
    """Give code and message of what is out of order."""
    wanted = {"applied-before-its-needs", "custom-resource-before-definition"}
    return [(one.code, one.message) for one in complain(entries, world) if one.code in wanted]


def within(*texts: str) -> list[tuple[str, str]]:
    """Give what is out of order in one application."""
    return order([entry for text in texts for entry in read_entries(text, application="shop", namespace="shop")])


def across(ours: tuple[str, str], theirs: tuple[str, str], world: World = WORLD) -> list[tuple[str, str]]:
    """Give what is out of order between two applications, each a wave and an object."""
    entries = app("shop", ours[0]) + app("base", theirs[0])
    entries += read_entries(ours[1], application="shop", namespace="shop")
    return order(entries + read_entries(theirs[1], application="base", namespace="base"), world)


def test_definition_and_namespace_are_moved_within_an_application() -> None:
    """Argo CD applies them before what needs them, whatever their waves say (sync_tasks.go, adjustDeps)."""
    assert within(CRD, WIDGET) == []
    assert within(annotated(CRD, wave="5"), WIDGET) == []
    assert within(annotated(JOB, hook="PreSync"), NAMESPACE) == []


def test_both_ends_are_shown() -> None:
    """With the places of their waves."""
    entries = read_entries(annotated(CLASS, wave="5") + "---\n" + annotated(CLAIM, wave="1"), application="shop")
    (found,) = complain(entries)
    assert found.path == ("metadata", "annotations", "argocd.argoproj.io/sync-wave")
    assert [(one.entry.kind, one.path) for one in found.others] == [("StorageClass", found.path)]
    assert found.message == (
        "PersistentVolumeClaim shop/data is applied in wave 1 and needs StorageClass.storage.k8s.io fast,"
        " which comes in wave 5"
    )


def test_hook_before_what_its_pods_read_is_found() -> None:
    """At the first install the ConfigMap is not there until the hook is done, and the hook waits for it."""
    ((code, message),) = within(annotated(JOB, hook="PreSync"), CONFIG)
    assert code == "applied-before-its-needs"
    assert message.startswith("Job.batch shop/migrate is applied in the phase PreSync and needs ConfigMap shop/config")
    assert within(annotated(JOB, hook="PreSync"), annotated(CONFIG, hook="PreSync", wave="-1")) == []
    assert within(annotated(JOB, hook="PostSync"), CONFIG) == []
    assert within(annotated(JOB, hook="Skip"), CONFIG) == []


def test_hook_may_start_without_what_is_optional() -> None:
    """The pod starts without the ConfigMap."""
    optional = JOB.replace("configMapRef: {name: config}", "configMapRef: {name: config, optional: true}")
    assert within(annotated(optional, hook="PreSync"), CONFIG) == []
    volumes = "volumes: [{name: v, configMap: {name: config, optional: %s}}], containers: [{name: a}]"
    for value, count in (("true", 0), ("false", 1)):
        mounted = JOB.replace("containers: [{name: a, envFrom: [{configMapRef: {name: config}}]}]", volumes % value)
        assert len(within(annotated(mounted, hook="PreSync"), CONFIG)) == count


@pytest.mark.parametrize(("needer", "needed"), [(CLAIM, CLASS), (SET, CLASS), (JOB, CONFIG)])
def test_every_need_is_held_to_its_wave(needer: str, needed: str) -> None:
    """In one application a later wave is a fault, the same one is not."""
    assert len(within(annotated(needer, wave="1"), annotated(needed, wave="2"))) == 1
    assert within(annotated(needer, wave="2"), annotated(needed, wave="2")) == []


@pytest.mark.parametrize(("needer", "needed"), [(CONFIG, NAMESPACE), (SET, CLASS), (WIDGET, CRD)])
def test_edge_that_goes_backwards_is_found(needer: str, needed: str) -> None:
    """Across applications of one parent, in anybody's tree."""
    assert len(across(("0", needer), ("10", needed))) == 1
    assert len(across(("0", needer), ("10", needed), FOREIGN)) == 1
    assert across(("10", needer), ("0", needed)) == []


def test_same_wave_is_a_fault_in_a_tree_of_ours() -> None:
    """Ours are to be proven; in others repeated tries may be what somebody counts on."""
    assert across(("10", WIDGET), ("10", CRD)) == [
        (
            "custom-resource-before-definition",
            (
                "Widget.example.org shop/w of the application 'shop' in wave 10 needs"
                " CustomResourceDefinition.apiextensions.k8s.io widgets.example.org"
                " of the application 'base', which comes in the same one"
            ),
        )
    ]
    assert across(("10", WIDGET), ("10", CRD), FOREIGN) == []


def test_one_fault_is_told_once() -> None:
    """However many objects of the application have it."""
    text = f"{WIDGET}\n---\n{WIDGET.replace('name: w', 'name: v')}"
    assert len(across(("0", text), ("10", CRD))) == 1


def test_applications_of_two_parents_are_held_to_where_the_parents_stand() -> None:
    """A grandparent orders them."""
    entries = app("early", "0", "top") + app("late", "5", "top")
    entries += app("shop", "100", "early") + app("base", "-100", "late")
    entries += read_entries(WIDGET, application="shop") + read_entries(CRD, application="base")
    assert len(order(entries)) == 1
    apart = app("shop", "-100", "one") + app("base", "100", "other")
    apart += read_entries(WIDGET, application="shop") + read_entries(CRD, application="base")
    assert order(apart) == []


def test_namespace_that_argo_cd_creates_is_there_in_time() -> None:
    """An earlier application may create it as well."""
    create = "syncPolicy: {syncOptions: [CreateNamespace=true]}\n"
    entries = app("shop", "0", spec=create) + app("base", "10")
    entries += read_entries(CONFIG, application="shop", namespace="shop") + read_entries(NAMESPACE, application="base")
    assert order(entries) == []


def test_applications_in_a_ring_end() -> None:
    """Each brought by the other."""
    entries = app("a", "0", "b") + app("b", "1", "a")
    entries += read_entries(WIDGET, application="a") + read_entries(CRD, application="b")
    assert isinstance(order(entries), list)


SETTINGS = "{apiVersion: v1, kind: ConfigMap, metadata: {name: argocd-cm, namespace: argocd}, data: {%s}}"


def test_waves_of_applications_need_a_health_check() -> None:
    """Where Argo CD's settings are in the tree; else it is said that nobody could look."""
    waves = app("shop", "1") + app("base", "0")
    assert [type(one) for one in say(waves)] == [Unchecked]
    (found,) = complain(waves + read_entries(SETTINGS % "", application="argocd"))
    assert (found.code, found.about.name) == ("waves-without-health", "shop")
    with_health = SETTINGS % "resource.customizations.health.argoproj.io_Application: x"
    assert say(waves + read_entries(with_health, application="argocd")) == []


def test_one_wave_needs_none() -> None:
    """There is nothing to wait for."""
    entries = app("shop", "1") + app("base", "1") + read_entries(SETTINGS % "", application="argocd")
    assert not [one for one in say(entries) if isinstance(one, Complaint)]
