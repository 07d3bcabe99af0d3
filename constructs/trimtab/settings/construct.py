"""Models made straight from values that the schema has accepted.

Pydantic's own validator would check all of it a second time, and compiling it takes longer than the rest of a run:
60 ms for the models of the whole, against 4 ms here. A law in the tests says that both ways give equal models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

M = TypeVar("M", bound=BaseModel)

Convert: TypeAlias = Callable[[Any], Any]


class NotPlainError(TypeError):
    """A model has a field of a type, or a validator, that only pydantic itself can work."""


def construct_model(model: type[M], value: Mapping[str, Any]) -> M:
    """Make a model of a mapping that its schema accepts.

    Raises:
        NotPlainError: the model needs more than this module knows.
    """
    plan = _plan(model)
    unknown = value.keys() - plan.converts.keys()
    if unknown:
        raise KeyError(*unknown)
    given = {plan.converts[key][0]: plan.converts[key][1](item) for key, item in value.items()}
    made = model.__new__(model)
    # what `model_construct` does, less what only models with aliases by choice or extra attributes need
    for name, content in (
        ("__dict__", {name: given[name] if name in given else default() for name, default in plan.defaults}),
        ("__pydantic_fields_set__", set(given)),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", {name: default() for name, default in plan.private} if plan.private else None),
    ):
        object.__setattr__(made, name, content)
    return made


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a model is made."""

    converts: Mapping[str, tuple[str, Convert]]
    """For each key of a mapping which field it is, and what makes the field's value of it."""
    defaults: Sequence[tuple[str, Callable[[], Any]]]
    """Every field, in order, with what makes its default."""
    private: Sequence[tuple[str, Callable[[], Any]]] = ()
    """The same for what a model carries that is no setting."""


@cache
def _plan(model: type[BaseModel]) -> _Plan:
    decorators = model.__pydantic_decorators__
    if decorators.field_validators or decorators.model_validators or decorators.validators:
        raise NotPlainError(model.__name__)
    if model.model_config.get("extra") != "forbid":
        raise NotPlainError(model.__name__)
    fields = model.__pydantic_fields__
    converts = {field.alias or name: (name, _convert_to(field.annotation)) for name, field in fields.items()}
    private = tuple((name, one.get_default) for name, one in model.__private_attributes__.items())
    return _Plan(converts, tuple((name, _default_of(field)) for name, field in fields.items()), private)


def _default_of(field: FieldInfo) -> Callable[[], Any]:
    """Give what makes the default of a field: a new one each time where it could be changed."""
    made = field.default_factory
    if isinstance(made, type) and issubclass(made, BaseModel):
        return partial(construct_model, made, {})  # calling the model would wake pydantic's compiler
    if made is None and isinstance(field.default, str | int | float | NoneType | Enum | date):
        return partial(_keep, field.default)
    return partial(field.get_default, call_default_factory=True, validated_data={})


def _convert_to(annotation: Any) -> Convert:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _convert_to(inner[0])
    if origin in (Union, UnionType):
        return _convert_choice([kind for kind in inner if kind is not NoneType])
    if origin is list:
        return partial(_convert_list, _convert_to(inner[0]))
    if origin is dict:
        return partial(_convert_mapping, _convert_to(inner[0]), _convert_to(inner[1]))
    return _convert_plain(annotation, origin)


def _convert_plain(annotation: Any, origin: Any) -> Convert:
    if origin is Literal or annotation in (Any, str, int, bool):
        return _keep
    if annotation is float:
        return float
    if annotation is date:
        return date.fromisoformat
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return partial(construct_model, annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return annotation
    raise NotPlainError(str(annotation))


def _convert_choice(branches: list[Any]) -> Convert:
    """Make what takes the one branch that a value's own kind allows."""
    if len(branches) == 1:
        return _convert_to(branches[0])
    models = [branch for branch in branches if isinstance(branch, type) and issubclass(branch, BaseModel)]
    plain = [branch for branch in branches if branch not in models]
    by_kind = {kind: _convert_to(branch) for branch in plain for kind in _kinds(branch)}
    if len(by_kind) != sum(len(_kinds(branch)) for branch in plain) or (models and dict in by_kind):
        raise NotPlainError(f"two of {branches} are of one kind")
    if models:
        by_kind[dict] = partial(_construct_fitting, models)
    return lambda value: by_kind[type(value)](value)


def _construct_fitting(models: list[type[BaseModel]], value: Mapping[str, Any]) -> BaseModel:
    """Make the one model that knows every key of a mapping and requires no other."""
    fitting = [model for model in models if _fits(model, value)]
    if len(fitting) != 1:
        raise NotPlainError(f"{len(fitting)} of {models} fit")
    return construct_model(fitting[0], value)


def _fits(model: type[BaseModel], value: Mapping[str, Any]) -> bool:
    fields = {field.alias or name: field for name, field in model.__pydantic_fields__.items()}
    return value.keys() <= fields.keys() and all(key in value for key, field in fields.items() if field.is_required())


def _kinds(annotation: Any) -> set[type]:
    """Say which plain values a type is made of."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kinds(inner[0])
    if origin is Literal:
        return {type(choice) for choice in inner}
    if origin in (list, dict):
        return {origin}
    if annotation in (str, int, bool):
        return {annotation}
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return {str}
    raise NotPlainError(str(annotation))


def _convert_list(convert: Convert, items: list[Any]) -> list[Any]:
    return [convert(item) for item in items]


def _convert_mapping(convert_key: Convert, convert: Convert, items: Mapping[str, Any]) -> dict[Any, Any]:
    return {convert_key(key): convert(item) for key, item in items.items()}


def _keep(value: Any) -> Any:
    return value
