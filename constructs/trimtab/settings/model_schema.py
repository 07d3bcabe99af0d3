"""Settings models to JSON Schema definitions, in the few keywords that our words for errors know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from trimtab.settings import model as vocabulary
from trimtab.settings.descriptions import describe_fields, describe_model
from trimtab.settings.subschema import REF, Schema


class _Generator(GenerateJsonSchema):
    """Pydantic's own generator without titles made up from names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic asks field by field
        return False


def model_definitions(models: Sequence[type[BaseModel]]) -> tuple[list[str], dict[str, Schema]]:
    """Give the schema of each model and of all that they use.

    Returns:
        The name of each model's definition, and all definitions by name. Null is never allowed: it removes a
        setting, so that no merged setting is null.
    """
    refs, generated = models_json_schema([(model, "validation") for model in models], schema_generator=_Generator)
    definitions: dict[str, Schema] = generated["$defs"]
    classes = {_ref_name(model): model for model in _iter_models(models)}
    names = {long: _short_name(long, definitions) for long in definitions}
    for long, definition in definitions.items():
        definition.pop("title", None)
        if (model := _class_of(long, classes)) is not None:
            _describe(definition, model)
    tidied = {names[long]: _tidy(definition, names) for long, definition in definitions.items()}
    ordered = [names[refs[model, "validation"]["$ref"].removeprefix(REF)] for model in models]
    return ordered, dict(sorted(tidied.items()))


def _iter_models(models: Iterable[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    seen: set[type[BaseModel]] = set()
    waiting: list[Any] = list(models)
    while waiting:
        found = waiting.pop()
        waiting.extend(getattr(found, "__args__", ()))
        if isinstance(found, type) and issubclass(found, BaseModel) and found not in seen:
            seen.add(found)
            waiting.extend(field.annotation for field in found.model_fields.values())
            yield found


def _ref_name(model: type[BaseModel]) -> str:
    return f"{model.__module__}.{model.__qualname__}".replace(".", "__")


def _class_of(long: str, classes: Mapping[str, type[BaseModel]]) -> type[BaseModel] | None:
    exact = classes.get(long)
    return exact or next((model for model in classes.values() if model.__name__ == long), None)


def _short_name(long: str, taken: Mapping[str, Schema]) -> str:
    """Name a definition: a class name that several components share gets its component's before it."""
    parts = long.split("__")
    if len(parts) == 1:
        return long
    room = parts[parts.index("components") + 1] if "components" in parts[:-1] else parts[-2]
    return "".join(word.capitalize() for word in room.split("_")) + parts[-1]


def _describe(definition: Schema, model: type[BaseModel]) -> None:
    definition["description"] = describe_model(model)
    described = describe_fields(model)
    for name, field in model.model_fields.items():
        shown = definition["properties"][field.alias or name]
        shown["description"] = described.get(name, "")
        if (default := _factory_default(field)) is not None:
            shown["default"] = default


def _factory_default(field: FieldInfo) -> object:
    if field.default_factory is None:
        return None
    default = field.get_default(call_default_factory=True, validated_data={})
    dumped = (
        default.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        if isinstance(default, BaseModel)
        else default
    )
    return dumped or None


def _tidy(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        return [_tidy(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    tidied = {key: _tidy_keyword(key, value, names) for key, value in node.items()}
    if isinstance(tidied.get("$ref"), str):
        tidied["$ref"] = REF + names[tidied["$ref"].removeprefix(REF)]
    if "default" in tidied and tidied["default"] is None:
        del tidied["default"]
    return _name_keys(_drop_null({**_known_forms().get(tidied.get("pattern", ""), {}), **tidied}))


def _tidy_keyword(keyword: str, value: Any, names: Mapping[str, str]) -> Any:
    if keyword == "properties":
        return {name: _tidy(child, names) for name, child in value.items()}
    return value if keyword in ("default", "examples", "enum", "const") else _tidy(value, names)


def _drop_null(node: Schema) -> Schema:
    branches = node.get("anyOf")
    if not isinstance(branches, list) or {"type": "null"} not in branches:
        return node
    kept = [branch for branch in branches if branch != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**kept[0], **rest} if len(kept) == 1 else {**rest, "anyOf": kept}


def _name_keys(node: Schema) -> Schema:
    """Say the form of a mapping's keys as `propertyNames`, the one keyword for it."""
    forms = node.get("patternProperties")
    if not isinstance(forms, dict):
        return node
    ((pattern, child),) = forms.items()
    rest = {key: value for key, value in node.items() if key != "patternProperties"}
    names = {**_known_forms().get(pattern, {}), **node.get("propertyNames", {}), "pattern": pattern}
    return {**rest, "additionalProperties": child, "propertyNames": names}


@cache
def _known_forms() -> Mapping[str, Schema]:
    """Give title and examples of the forms that `model.py` has words for, by pattern: pydantic drops them for keys."""
    forms: dict[str, Schema] = {}
    for alias in vars(vocabulary).values():
        for field in getattr(alias, "__metadata__", ()):
            pattern = next((rule.pattern for rule in field.metadata if getattr(rule, "pattern", None)), None)
            if pattern is not None:
                forms.setdefault(pattern, field.json_schema_extra)
    return forms
