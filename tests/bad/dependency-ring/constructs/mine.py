"""Two objects that wait for each other."""

from cdk8s import ApiObject


def build(chart, facts, settings):
    """Add them."""
    one = ApiObject(chart, "one", api_version="v1", kind="ConfigMap", metadata={"name": "one"})
    two = ApiObject(chart, "two", api_version="v1", kind="ConfigMap", metadata={"name": "two"})
    one.add_dependency(two)
    two.add_dependency(one)
