"""Reads what `trimtab verify` is told of a tree, and checks it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from trimtab.doors.disk import read_text
from trimtab.findings.finding import Finding
from trimtab.settings.check import check_settings
from trimtab.settings.construct import construct_model
from trimtab.settings.layers import Merged, merge_layers
from trimtab.settings.schema_files import schema_folder
from trimtab.settings.schemas import SettingsValidator, build_validator
from trimtab.settings.sources import Sources
from trimtab.settings.verify_config import SCHEMA_FILE, VerifyConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedConfig:
    """What a file says, or what is wrong with it."""

    config: VerifyConfig | None
    """Nothing where the file says what cannot be."""
    merged: Merged | None = None
    """Its values with their places."""
    findings: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def plan_usual_config() -> VerifyConfig:
    """Give what holds where no file says anything; to call the model would wake pydantic's compiler."""
    return construct_model(VerifyConfig, {})


def load_config(file: Path) -> LoadedConfig:
    """Load the file that `--config` names.

    Args:
        file: The file, as the user would write it.
    """
    sources = Sources(Path())
    layer = sources.read_layer(str(file))
    if layer is None:
        return LoadedConfig(config=None, findings=tuple(sources.findings), texts=sources.texts)
    merged = merge_layers([layer])
    findings = (*sources.findings, *check_settings(merged, _validator(), sources.texts))
    config = None if findings else construct_model(VerifyConfig, merged.value)
    return LoadedConfig(config=config, merged=merged, findings=findings, texts=sources.texts)


@cache
def _validator() -> SettingsValidator:
    return build_validator(json.loads(read_text(schema_folder() / SCHEMA_FILE)))
