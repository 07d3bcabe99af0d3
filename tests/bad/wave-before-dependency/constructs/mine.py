"""Two objects, the first of which needs the second."""

from cdk8s import ApiObject

EARLY = {"argocd.argoproj.io/sync-wave": "-1"}


def build(chart, facts, settings):
    """Add them."""
    one = ApiObject(chart, "one", api_version="v1", kind="ConfigMap", metadata={"name": "one", "annotations": EARLY})
    two = ApiObject(chart, "two", api_version="v1", kind="ConfigMap", metadata={"name": "two"})
    one.add_dependency(two)
