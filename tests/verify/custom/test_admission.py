"""Expressions of policies, webhooks and devices, as an API server 1.35.4 compiles them."""

from __future__ import annotations

import pytest
import yaml

from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.custom import admission
from trimtab.verify.custom.admission import check_expressions
from trimtab.verify.entry import make_entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

HOOK = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: w}
webhooks:
  - {name: a.b.c, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {url: 'https://a'},
     matchConditions: [{name: m, expression: "%s"}]}
"""
POLICY = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: p}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE]}]
  %s
"""
VALID = POLICY % 'validations: [{expression: "%s"}]'
TOLD = POLICY % 'validations: [{expression: "true", messageExpression: "%s"}]'
NOTED = POLICY % 'auditAnnotations: [{key: a, valueExpression: "%s"}]'
NAMED = POLICY % 'variables: [{name: few, expression: "5"}, {name: most, expression: "%s"}]' + (
    '  validations: [{expression: "variables.few < 6"}]\n'
)
FULL = POLICY % 'paramKind: {apiVersion: v1, kind: ConfigMap}\n  validations: [{expression: "%s"}]' + (
    "  variables: [{name: few, expression: '5'}]\n"
)
CLASS = """
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: d}
spec: {selectors: [{cel: {expression: "%s"}}]}
"""
CLAIM = """
apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: c}
spec: {devices: {requests: [{name: a, exactly: {deviceClassName: a.b, selectors: [{cel: {expression: "%s"}}]}}]}}
"""

REFUSED = [
    (HOOK % "object.metadata.name ==", "mismatched input '<EOF>'"),
    (HOOK % "params.x == 1", "there is no 'params'"),
    (HOOK % "object.metadata.name == 'a", "token recognition error"),
    (HOOK % "1", "it gives a number, where true or false belongs"),
    (VALID % "self.spec.replicas < 5", "there is no 'self'"),
    (VALID % "params.most > 1", "there is no 'params'"),
    (VALID % "variables.few > 1", "there is no 'variables'"),
    (VALID % "request.object.spec.replicas < 5", "'request' has no 'object'"),
    (VALID % "object.spec.paused", "it gives what has no type, where true or false belongs"),
    (VALID % "'no'", "it gives a text, where true or false belongs"),
    (FULL % "variables.many > 1", "'variables' has no 'many'"),
    (TOLD % "object.spec.replicas > 1", "it gives true or false, where a text belongs"),
    (TOLD % "authorizer.requestResource.x", "there is no 'authorizer'"),
    (NOTED % "1", "it gives a number, where a text belongs"),
    (NAMED % "variables.most + 1", "'variables' has no 'most'"),
    (CLASS % "object.driver == 'a'", "there is no 'object'"),
    (CLASS % "device.name == 'a'", "'device' has no 'name'"),
    (CLAIM % "device.driver == ", "mismatched input '<EOF>'"),
]

TAKEN = [
    HOOK % "!('system:nodes' in request.userInfo.groups)",
    HOOK % "authorizer.group('').resource('pods').namespace('a').check('get').allowed()",
    HOOK % "'request.x' == object.metadata.name",
    VALID % "!has(object.spec.replicas) || object.spec.replicas <= 5",
    VALID % "object.spec.template.spec.containers.all(c, c.image.startsWith('example.org/'))",
    VALID % "oldObject == null || namespaceObject.metadata.name != 'kube-system'",
    VALID % "!format.dns1123Label().validate(object.metadata.name).hasValue()",
    VALID % "object.?metadata.?labels.orValue({}).size() > 0",
    FULL % "params.data.most == string(variables.few)",
    TOLD % "'has ' + string(object.spec.replicas)",
    NOTED % "string(object.spec.replicas)",
    NOTED % "null",
    NAMED % "variables.few + 1",
    NAMED % "object.spec.replicas",
    CLASS % "device.driver == 'a.b' && device.attributes['a.b'].model == 'x'",
    CLAIM % "device.capacity['a.b'].memory.compareTo(quantity('1Gi')) >= 0",
]


def say(text: str) -> list[Said]:
    """Give what is said of one object."""
    return list(check_expressions(Tree([make_entry(yaml.safe_load(text), is_namespaced)]), World(kubernetes=(1, 35))))


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_the_api_server_cannot_compile_is_told(text: str, said: str) -> None:
    """One fault, one finding, and why."""
    (one,) = say(text)
    assert isinstance(one, Complaint)
    assert one.code == "wrong-field-form"
    assert said in one.message


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_api_server_compiles_is_left_in_peace(text: str) -> None:
    """And what only the engine here does not know."""
    assert say(text) == []


def test_names_that_it_knows_are_listed() -> None:
    """Whoever writes `self` thinks of a definition."""
    (one,) = say(VALID % "self.spec.replicas < 5")
    assert isinstance(one, Complaint)
    assert one.path == ("spec", "validations", 0, "expression")
    assert one.help.endswith("knows authorizer, namespaceObject, object, oldObject, request")


def test_without_the_engine_it_is_said_once_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is passed in silence; what has no expressions is whole."""
    monkeypatch.setattr(admission, "has_engine", lambda: False)
    (one,) = say(NAMED % "variables.few + 1")
    assert isinstance(one, Unchecked)
    assert say(HOOK.replace('matchConditions: [{name: m, expression: "%s"}]', "timeoutSeconds: 5")) == []
