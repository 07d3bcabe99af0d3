"""What the API server refuses in the schema of a definition, one node at a time, beyond that it is structural."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.custom.explaining import Refused, explain
from trimtab.verify.custom.field_paths import find_field
from trimtab.verify.custom.junctors import EITHER, JUNCTORS, check_junctors, check_pattern, fault
from trimtab.verify.custom.schemas import LIST_KEYS, Built, build_schema
from trimtab.verify.custom.validators import compile_schema, iter_key_faults
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.reading import Fields, fields_of, iter_fields, list_of, text_of

_LIST, _MAP, _KEYS = "x-kubernetes-list-type", "x-kubernetes-map-type", "x-kubernetes-list-map-keys"
_KEEP, _EMBED = "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"
_RULES = "x-kubernetes-validations"
_REASONS = ("FieldValueInvalid", "FieldValueForbidden", "FieldValueRequired", "FieldValueDuplicate")
_NOT_ASKED = ("uniqueItems", LIST_KEYS)
"""What an API server 1.35.4 does not ask of defaults, only of objects."""
_NOT_YET = "write it there too: defaults of fields do not count within a default"
_INTERESTING = frozenset(
    {_LIST, _MAP, _KEYS, _KEEP, _EMBED, EITHER, _RULES, "default", "uniqueItems", "pattern", "not", *JUNCTORS}
)


def iter_schema_rules(schema: Fields) -> Iterator[Fault]:
    """Give all that the API server refuses of the nodes of a schema.

    Source: apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go
    (ValidateCustomResourceDefinitionOpenAPISchema, validateMapListKeysMapSet) and pkg/apiserver/schema/validation.go
    (validateStructuralInvariants, validateNestedValueValidation).
    """
    for path, node in iter_nodes(schema, _INTERESTING):
        yield from _check_node(path, node)


def iter_nodes(schema: Fields, keys: AbstractSet[str]) -> Iterator[tuple[Path, Fields]]:
    """Give every node that declares something and has one of some keys, or is a list, with its place."""
    # A place is a chain of links until somebody asks for it: most nodes say nothing of interest.
    ahead: list[tuple[Fields, object]] = [(schema, None)]
    while ahead:
        node, link = ahead.pop()
        if node.get("type") == "array" or not keys.isdisjoint(node):
            yield _path_of(link), node
        for word in ("items", "additionalProperties"):
            inner = node.get(word)
            if type(inner) is dict or isinstance(inner, Mapping):
                ahead.append((inner, (link, (word,))))
        properties = node.get("properties")
        if properties and isinstance(properties, Mapping):
            for key, inner in properties.items():
                if type(inner) is dict or isinstance(inner, Mapping):
                    ahead.append((inner, (link, ("properties", key))))


def _path_of(link: object) -> Path:
    parts: list[Path] = []
    while isinstance(link, tuple):
        link, part = link
        parts.append(part)
    return tuple(key for part in reversed(parts) for key in part)


def _check_node(path: Path, node: Fields) -> Iterator[Fault]:
    if node.get("type") == "array" and not isinstance(node.get("items"), Mapping):
        yield fault((*path, "type"), "has a list without 'items' in its schema", "say what is in it")
    if node.get("uniqueItems") is True:
        what, cure = "asks for unique items in its schema", f"leave it away, or write {_LIST}: set"
        yield fault((*path, "uniqueItems"), what, cure, on_key=True)
    yield from _check_extensions(path, node)
    yield from _check_list(path, node)
    yield from check_pattern(path, node)
    if node.get("default") is not None:
        yield from _check_default(path, node)
    for position, rule in iter_fields(node, _RULES):
        yield from _check_rule((*path, _RULES, position), rule)
        yield from _check_field_path((*path, _RULES, position, "fieldPath"), text_of(rule, "fieldPath"), node)
    yield from check_junctors(path, node)


def _check_extensions(path: Path, node: Fields) -> Iterator[Fault]:
    type_ = text_of(node, "type")
    if node.get(_KEEP) is False:
        yield fault((*path, _KEEP), f"has {_KEEP}: false", "leave it away: it is true or not there")
    if node.get(EITHER) is True:
        for other in (_KEEP, _EMBED):
            if node.get(other) is True:
                yield fault((*path, other), f"has {other} beside {EITHER}", "leave one of them away")
    if node.get(_EMBED) is True and type_ != "object":
        yield fault((*path, _EMBED), f"has {_EMBED} on what is no object", "write type: object")
    elif node.get(_EMBED) is True and not node.get(_KEEP) and not node.get("properties"):
        yield fault((*path, _EMBED), f"has {_EMBED} and no properties", f"list them, or write {_KEEP}: true")
    yield from _check_kinds_of_list(path, node)


def _check_kinds_of_list(path: Path, node: Fields) -> Iterator[Fault]:
    for key, wanted, choices in ((_MAP, "object", ("atomic", "granular")), (_LIST, "array", ("atomic", "set", "map"))):
        value = node.get(key)
        if value is None:
            continue
        if node.get("type") != wanted:
            yield fault((*path, key), f"has {key} on what is no {wanted}", f"write type: {wanted}, or leave it away")
        if value not in choices:
            near = suggest(str(value), choices)
            cure = f"did you mean '{near}'?" if near else f"write {' or '.join(choices)}"
            yield fault((*path, key), f"has {key}: {value}", cure)


def _check_list(path: Path, node: Fields) -> Iterator[Fault]:
    kind, keys, items = node.get(_LIST), list_of(node, _KEYS), fields_of(node, "items")
    if keys and kind != "map":
        yield fault((*path, _KEYS), f"has {_KEYS} on a list that is no map", f"write {_LIST}: map")
    if kind in ("set", "map") and items.get("nullable") is True:
        yield fault((*path, "items", "nullable"), f"has items that may be null in a {kind}", "leave nullable away")
    if kind != "map":
        return
    if not keys:
        yield fault((*path, _LIST), "has a list that is a map and has no keys", f"name them in {_KEYS}")
    if items.get("type") != "object":
        where: Path = (*path, "items", "type") if "type" in items else (*path, _LIST)
        yield fault(where, "has a list that is a map of what are no objects", "write type: object in its items")
        return
    for position, key in enumerate(keys):
        yield from _check_key((*path, _KEYS, position), key, items, list(keys).index(key) < position)


def _check_key(path: Path, key: object, items: Fields, is_twice: bool) -> Iterator[Fault]:
    properties = fields_of(items, "properties")
    field = properties.get(key) if isinstance(key, str) else None
    if is_twice:
        yield fault(path, f"names the key '{key}' of a list twice", "leave one of them away")
    if not isinstance(field, Mapping):
        near = suggest(str(key), properties)
        cure = f"did you mean '{near}'?" if near else "name a field of its items"
        yield fault(path, f"names a key of a list that its items do not have: '{key}'", cure)
    elif field.get("type") in ("array", "object"):
        yield fault(path, f"names a key of a list that is no single value: '{key}'", "name a text or a number")
    elif key not in list_of(items, "required") and field.get("default") is None:
        cure = "add it to 'required' of the items, or give it a default"
        yield fault(path, f"names a key of a list that an item may lack: '{key}'", cure)
    elif field.get("nullable") is True:
        yield fault(path, f"names a key of a list that may be null: '{key}'", "leave its nullable away")


def _check_default(path: Path, node: Fields) -> Iterator[Fault]:
    """Find defaults that their own schema refuses, as they stand: defaults below them are not in them yet."""
    if path[:2] == ("properties", "metadata"):
        yield fault((*path, "default"), "has a default in its metadata", "leave it away", on_key=True)
        return
    held = {"default": node["default"]}
    for wrong in [*iter_key_faults(held, ())] or _iter_refusals(held, {"properties": {"default": build_schema(node)}}):
        what = f"has a default that its own schema refuses: it {wrong.message}"
        cure = _NOT_YET if wrong.code == "missing-field" else wrong.help
        yield fault((*path, *wrong.path), what, cure, on_key=wrong.on_key)


def _iter_refusals(held: Fields, schema: Built) -> Iterator[Fault]:
    try:
        engine = compile_schema(schema)
    except ValueError:  # no JSON, such as a choice with a key that is a number
        return
    for error in engine.iter_errors(held):
        if error.kind.name not in _NOT_ASKED:
            yield from explain(Refused.of(error, schema))


def _check_rule(path: Path, rule: Fields) -> Iterator[Fault]:
    text, message = text_of(rule, "rule").strip(), text_of(rule, "message")
    if not text:
        yield fault(path, "has a rule that says nothing", "write it in CEL, or leave it away")
    elif message and not message.strip():
        yield fault((*path, "message"), "has a rule with an empty message", "say what is wrong, or leave it away")
    elif "\n" in message.strip():
        yield fault((*path, "message"), "has a rule with a message of several lines", "write it in one")
    elif "\n" in text and not message.strip():
        yield fault((*path, "rule"), "has a rule of several lines without a message", "add one: message")
    reason = rule.get("reason")
    if reason is not None and reason not in _REASONS:
        near = suggest(str(reason), _REASONS)
        cure = f"did you mean '{near}'?" if near else f"write {', '.join(_REASONS)}"
        yield fault((*path, "reason"), f"has a rule with the reason '{reason}'", cure)


def _check_field_path(path: Path, text: str, node: Fields) -> Iterator[Fault]:
    try:
        find_field(text, node)
    except ValueError as wrong:
        cure = "write it from where the rule stands: .spec.replicas"
        yield fault(path, f"has a rule about a field that is not there: '{text}': {wrong}", cure)
