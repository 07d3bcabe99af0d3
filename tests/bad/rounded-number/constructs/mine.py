"""The shop."""

from cdk8s import ApiObject, JsonPatch


def build(chart, facts, settings):
    """Add the shop."""
    shop = ApiObject(chart, "shop", api_version="example.org/v1", kind="Shop", metadata={"name": "shop"})
    shop.add_json_patch(JsonPatch.add("/spec", {"number": 9007199254740993}))
