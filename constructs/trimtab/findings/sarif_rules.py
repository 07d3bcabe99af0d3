"""What a SARIF log says of a code: meaning, reason, cure and weight, as code scanning shows them."""

from __future__ import annotations

from typing import Any

from trimtab.findings.code import Code
from trimtab.findings.finding import Severity

_WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
"""GitHub's words for how heavy a rule is (docs.github.com, SARIF support for code scanning, properties)."""


def render_rule(name: str, code: Code | None) -> dict[str, Any]:
    """Write the rule of a code; its name alone where nobody knows what it stands for.

    There is no `helpUri`: pages lie beside the program, in docs/rules/ and in `trimtab explain`, at no address of ours.
    """
    if code is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": code.meaning},
        "fullDescription": {"text": f"{code.meaning} {code.why}"},
        "help": {"text": _plain(code), "markdown": _marked(code)},
        "defaultConfiguration": {"level": str(code.severity)},
        "properties": {"tags": _tags(code), "problem.severity": _WEIGHTS[code.severity]},
    }


def _plain(code: Code) -> str:
    cure = f" What to do: {code.cure}" if code.cure else ""
    return f"{code.why}{cure} {code.weight} `trimtab explain {code.code}` shows an example."


def _marked(code: Code) -> str:
    parts = [f"**Why.** {code.why}", f"**What to do.** {code.cure}" if code.cure else "", code.weight]
    parts.append(f"`trimtab explain {code.code}` shows an example.")
    return "\n\n".join(_escape(part) for part in parts if part)


def _escape(text: str) -> str:
    """Keep a `<` from beginning a tag, except in code, where it begins none."""
    parts = text.split("`")
    return "`".join(part if at % 2 else part.replace("<", "\\<") for at, part in enumerate(parts))


def _tags(code: Code) -> list[str]:
    found_by = "comparison" if code.needs_base else "build" if code.needs_build else "settings"
    return ["kubernetes", "gitops", found_by, *(["may-be-allowed"] if code.soft else [])]
