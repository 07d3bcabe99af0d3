"""What is said of settings that their schema refuses."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = tell_codes(
    [
        ("unknown-setting", "A setting is not one that Trimtab knows.", "It would do nothing, and look as if it did."),
        ("missing-setting", "A setting that has no default is missing.", "No value would be right for everybody."),
        (
            "wrong-type",
            "A setting has a value of another type.",
            "Text, numbers, lists and mappings are told apart, as in Kubernetes.",
        ),
        ("wrong-form", "A text does not have the form it needs.", "Kubernetes or upstream refuses any other form."),
        ("not-one-of", "A value is not among the choices.", "Upstream knows no other."),
        ("out-of-range", "A number is too small or too large.", "Kubernetes or upstream refuses it."),
        ("too-short", "A text is too short.", "An empty text says nothing."),
        ("too-long", "A text is too long.", "Kubernetes or Helm limits the length of names."),
        ("too-few", "A list or mapping has too few entries.", "At least one is needed to go on."),
        ("too-many", "A list or mapping has too many entries.", "There is no place for more."),
        (
            "refused-setting",
            "A schema refuses a value for a reason that has no words yet.",
            "The line names the keyword of the schema.",
        ),
        (
            "schema-and-model-disagree",
            "A value passes its schema and not its model.",
            "This is a bug of Trimtab: both are made from one source.",
        ),
        (
            "unknown-code",
            "An allowance names a code that no finding has.",
            "It would allow nothing, and look as if it did.",
        ),
        (
            "hard-refusal-allowed",
            "An allowance names what cannot be allowed.",
            "Only warnings and soft errors are a matter of choice; this would not work.",
        ),
    ]
) + tell_codes(
    [
        (
            "stale-allowance",
            "An allowance has ended, or allows nothing.",
            "A reason that outlives what it excused hides the next fault of that name.",
        )
    ],
    Severity.WARNING,
)
