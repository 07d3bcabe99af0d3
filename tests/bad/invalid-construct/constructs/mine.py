"""The shop, which says itself what is wrong with it."""

import jsii
from constructs import Construct, IValidation


@jsii.implements(IValidation)
class NeedsName:
    """Refuses a shop without a name."""

    def validate(self):
        """Say what is wrong."""
        return ["the shop has no name"]


def build(chart, facts, settings):
    """Add the shop."""
    Construct(chart, "shop").node.add_validation(NeedsName())
