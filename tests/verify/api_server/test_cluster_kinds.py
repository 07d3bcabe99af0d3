"""Roles, claims, budgets, definitions and webhooks as the API server takes them."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes, complaints

RBAC = "{apiVersion: rbac.authorization.k8s.io/v1, kind: %s, metadata: {name: r}, %s}"
CLAIM = "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c}, spec: {%s}}"
BUDGET = "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {selector: {}, %s}}"
SCALER = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: h}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, %s}
"""
DEFINITION = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: carts.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {kind: Cart, plural: carts}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
"""
WEBHOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: w}
webhooks: [{name: a.example.org, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {url: 'https://a'}}]
"""
ROLE = "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}"


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("Role", "rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]", []),
        ("Role", "rules: [{apiGroups: [''], resources: [pods], verbs: []}]", ["missing-field"]),
        ("Role", "rules: [{resources: [pods], verbs: [get]}]", ["missing-field"]),
        ("Role", "rules: [{nonResourceURLs: [/metrics], verbs: [get]}]", ["contradicting-fields"]),
        ("ClusterRole", "rules: [{nonResourceURLs: [/metrics], verbs: [get]}]", []),
        ("RoleBinding", f"{ROLE}, subjects: [{{kind: ServiceAccount, name: a}}]", []),
        ("ClusterRoleBinding", f"{ROLE}, subjects: [{{kind: ServiceAccount, name: a}}]", ["missing-field"]),
        ("ClusterRoleBinding", f"{ROLE}, subjects: [{{kind: Robot, name: a}}]", ["value-not-allowed"]),
        ("RoleBinding", "roleRef: {kind: ClusterRole, name: view}", []),
        ("RoleBinding", "roleRef: {apiGroup: v1, kind: ClusterRole, name: view}", ["value-not-allowed"]),
        ("ClusterRoleBinding", "roleRef: {kind: Role, name: view}", ["value-not-allowed"]),
    ],
)
def test_roles_and_bindings(kind: str, text: str, found: list[str]) -> None:
    """What they allow, and to whom."""
    assert codes(RBAC % (kind, text)) == found


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}", []),
        ("resources: {requests: {storage: 1Gi}}", ["missing-field"]),
        ("accessModes: [ReadWriteOnce]", ["missing-field"]),
        ("accessModes: [ReadWriteOnce], resources: {requests: {storage: 0}}", ["field-out-of-range"]),
        ("accessModes: [RWO], resources: {requests: {storage: 1Gi}}", ["value-not-allowed"]),
    ],
)
def test_claims(spec: str, found: list[str]) -> None:
    """A mode and a size."""
    assert codes(CLAIM % spec) == found


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("maxUnavailable: 50%", []),
        ("minAvailable: 1, maxUnavailable: 1", ["contradicting-fields"]),
        ("maxUnavailable: '1'", ["wrong-field-form"]),
        ("maxUnavailable: 101%", ["field-out-of-range"]),
    ],
)
def test_budgets(spec: str, found: list[str]) -> None:
    """One of two, a number or a share."""
    assert codes(BUDGET % spec) == found


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("maxReplicas: 3", []),
        ("minReplicas: 4, maxReplicas: 3", ["contradicting-fields"]),
        ("maxReplicas: 0", ["field-out-of-range"]),
        ("maxReplicas: 3, metrics: [{type: Resource}]", ["missing-field"]),
    ],
)
def test_autoscalers(spec: str, found: list[str]) -> None:
    """Their bounds, and what they measure."""
    assert codes(SCALER % spec) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: carts.example.org", "name: cart.example.org"),
        ("storage: true", "storage: false"),
        ("schema: {openAPIV3Schema: {type: object}}", "schema: {}"),
        ("{type: object}", "{type: string}"),
        ("{type: object}", "{type: object, properties: {a: {}}}"),
        ("{type: object}", "{type: object, properties: {a: {type: array, items: {description: x}}}}"),
        ("{type: object}", "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}"),
        ("{type: object}", "{type: object, properties: {a: {$ref: '#/x', type: object}}}"),
    ],
)
def test_definition_that_breaks_a_rule_is_found(old: str, new: str) -> None:
    """Its name, its versions, its schema."""
    assert codes(DEFINITION) == []
    assert codes(DEFINITION.replace(old, new)) == ["invalid-definition"]


@pytest.mark.parametrize("part", ["x-kubernetes-int-or-string: true", "x-kubernetes-preserve-unknown-fields: true"])
def test_two_kinds_of_node_need_no_type(part: str) -> None:
    """They say what they hold in another way."""
    assert codes(DEFINITION.replace("{type: object}", f"{{type: object, properties: {{a: {{{part}}}}}}}")) == []


def test_group_of_kubernetes_own_needs_an_approval() -> None:
    """Or the definition is never served."""
    taken = DEFINITION.replace("example.org", "carts.k8s.io")
    assert codes(taken) == ["invalid-definition"]
    assert codes(taken.replace("}\nspec", ", annotations: {api-approved.kubernetes.io: 'x'}}\nspec", 1)) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("a.example.org", "example", "invalid-name"),
        ("sideEffects: None", "sideEffects: Some", "value-not-allowed"),
        ("[v1]", "[v2]", "value-not-allowed"),
        ("{url: 'https://a'}", "{url: 'https://a', service: {name: a, namespace: b}}", "contradicting-fields"),
        ("sideEffects: None", "sideEffects: None, timeoutSeconds: 60", "field-out-of-range"),
    ],
)
def test_fault_of_a_webhook_is_found(old: str, new: str, code: str) -> None:
    """One fault, one finding."""
    assert codes(WEBHOOK) == []
    assert codes(WEBHOOK.replace(old, new)) == [code]


def test_priorities_end_below_those_of_kubernetes() -> None:
    """And so do their names."""
    text = "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: %s}, value: %s}"
    assert codes(text % ("high", 1000000000)) == []
    assert codes(text % ("high", 1000000001)) == ["field-out-of-range"]
    assert codes(text % ("system-high", 1)) == ["invalid-name"]


def test_keys_of_configuration_are_file_names() -> None:
    """Each becomes one when it is mounted."""
    text = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {%s: x}}"
    assert codes(text % "a.b-c_D") == []
    assert codes(text % "a/b") == ["invalid-name"]


def test_typed_secret_holds_what_its_type_promises() -> None:
    """And its values are not shown."""
    text = "{apiVersion: v1, kind: Secret, metadata: {name: s}, type: kubernetes.io/tls, stringData: {tls.crt: x}}"
    (one,) = complaints(text)
    assert (one.code, one.hide_source) == ("missing-field", True)
    assert codes(text.replace("x}", "x, tls.key: y}")) == []


def test_volume_of_a_node_says_which() -> None:
    """The scheduler could not know."""
    text = "{apiVersion: v1, kind: PersistentVolume, metadata: {name: v}, spec: {accessModes: [ReadWriteOnce],"
    text += " capacity: {storage: 1Gi}, local: {path: /v}%s}}"
    assert codes(text % "") == ["missing-field"]
    assert codes(text % ", nodeAffinity: {required: {nodeSelectorTerms: [{}]}}") == []
