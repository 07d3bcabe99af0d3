"""The shop."""

from cdk8s import ApiObject, JsonPatch


def build(chart, facts, settings):
    """Add the shop."""
    shop = ApiObject(chart, "shop", api_version="v1", kind="ConfigMap", metadata={"name": "shop"})
    shop.add_json_patch(JsonPatch.replace("/data/colour", "blue"))
