"""How the committed structures are made of schemas and Go types."""

from __future__ import annotations

from typing import Any

from trimtab.catalogue.go_enums import build_enums
from trimtab.catalogue.go_scopes import iter_cluster_wide
from trimtab.catalogue.make_kinds import build_cluster_wide, build_structures, iter_kinds, merge_minors

TYPES = """
// Color says how it looks.
// +enum
type Color string

const (
	// Red is warm.
	Red Color = "Red"
	Blue = Color("Blue")
)

// Size is half told here.
// +enum
type Size string

const (
	Small Size = "Small"
	Large = Size(other.Large)
)

// Shape is open.
type Shape string

const Round Shape = "Round"

// +genclient
// +genclient:nonNamespaced
// +genclient:skipVerbs=update

// Street has many carts.
type Street struct {
	Carts []Cart `json:"carts"`
}

// +genclient

// Cart stands in a street.
type Cart struct {
	Spec CartSpec `json:"spec"`
}

type CartSpec struct {
	Color Color `json:"color,omitempty"`
	Others []Color `json:"others,omitempty"`
	Size Size `json:"size"`
	Shape Shape `json:"shape,omitempty"`
}
"""
DEFINITIONS: dict[str, Any] = {
    "io.k8s.api.shop.v1.CartSpec": {
        "type": ["object", "null"],
        "required": ["color"],
        "properties": {
            "color": {"type": "string"},
            "size": {"$ref": "#/$defs/io.k8s.apimachinery.pkg.api.resource.Quantity"},
            "items": {
                "type": ["array", "null"],
                "items": {"type": "string"},
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["name"],
            },
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    },
    "io.k8s.api.shop.v1.Cart": {
        "properties": {"spec": {"$ref": "#/$defs/io.k8s.api.shop.v1.CartSpec"}},
        "x-kubernetes-group-version-kind": [{"group": "shop", "version": "v1", "kind": "Cart"}],
    },
    "io.k8s.api.shop.v1.CartList": {
        "properties": {},
        "x-kubernetes-group-version-kind": [{"group": "shop", "version": "v1", "kind": "CartList"}],
    },
}


def test_marked_types_have_choices_and_others_not() -> None:
    """Only a type marked as closed has a list of all it may be, and only where all of it can be read."""
    assert build_enums({"shop.v1": TYPES}) == {
        ("shop.v1.CartSpec", "color"): ("Blue", "Red"),
        ("shop.v1.CartSpec", "others"): ("Blue", "Red"),
    }


def test_structure_is_taken_without_its_descriptions() -> None:
    """Types, keys and choices; nothing of the text."""
    found = build_structures(DEFINITIONS, {("shop.v1.CartSpec", "color"): ("Blue", "Red")})
    assert found["shop.v1.CartSpec"] == {
        "fields": {
            "color": ["one-of", "Blue", "Red"],
            "items": ["list", "string", ["name"]],
            "labels": ["map", "string"],
            "size": "quantity",
        },
        "required": ["color"],
    }
    assert "shop.v1.CartList" not in found


def test_lists_of_objects_are_no_kinds_to_write() -> None:
    """A manifest holds the objects themselves."""
    assert dict(iter_kinds(DEFINITIONS)) == {"shop/v1/Cart": "shop.v1.Cart"}


def test_marked_kinds_belong_to_the_cluster() -> None:
    """The mark counts for the type that it stands before, whatever else is said between."""
    assert {name for name in iter_cluster_wide({"shop.v1": TYPES}) if name.startswith("shop.")} == {"shop.v1.Street"}


def test_scope_is_that_of_a_kind_in_all_its_versions() -> None:
    """So a kind is written without its version, and one of the core group without a group."""
    kinds = [("v1/Town", "core.v1.Town"), ("shop/v1/Street", "shop.v1.Street"), ("shop/v1/Cart", "shop.v1.Cart")]
    assert build_cluster_wide(kinds, {"core.v1.Town", "shop.v1.Street"}) == {"Town", "shop/Street"}


def test_each_value_stands_once_with_its_first_minor() -> None:
    """And nothing from the minor where it is gone."""
    assert merge_minors({31: {"a": 1}, 32: {"a": 1, "b": 2}, 33: {"b": 2}}) == {
        "a": [[31, 1], [33, None]],
        "b": [[32, 2]],
    }
