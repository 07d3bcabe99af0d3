"""What is said of settings that their schema refuses."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = tell_codes(
    [
        (
            "unknown-setting",
            "A setting is not one that Trimtab knows.",
            "It would do nothing, and look as if it did.",
            (
                "Correct the name and the indentation; `trimtab explain <setting>` lists what may stand there. "
                "Values of a chart go below the component's `values`."
            ),
        ),
        (
            "missing-setting",
            "A setting that has no default is missing.",
            "No value would be right for everybody.",
            "Add the setting; `trimtab explain <setting>` says what it means, with an example.",
        ),
        (
            "wrong-type",
            "A setting has a value of another type.",
            "Text, numbers, lists and mappings are told apart, as in Kubernetes.",
            (
                "Write the type that the message names: quotes make text of a number, '-' begins an entry of a "
                "list, 'key: value' makes a mapping."
            ),
        ),
        (
            "wrong-form",
            "A text does not have the form it needs.",
            "Kubernetes or upstream refuses any other form.",
            "Write the text in the form that the message describes; `trimtab explain <setting>` has an example.",
        ),
        (
            "not-one-of",
            "A value is not among the choices.",
            "Upstream knows no other.",
            "Take one of the choices that the message lists; `trimtab explain <setting>` says what each means.",
        ),
        (
            "out-of-range",
            "A number is too small or too large.",
            "Kubernetes or upstream refuses it.",
            "Write a number within the range that the message gives.",
        ),
        (
            "too-short",
            "A text is too short.",
            "An empty text says nothing.",
            "Write a text of the length that the message gives, or remove the setting.",
        ),
        (
            "too-long",
            "A text is too long.",
            "Kubernetes or Helm limits the length of names.",
            "Shorten the text to the length that the message gives.",
        ),
        (
            "too-few",
            "A list or mapping has too few entries.",
            "At least one is needed to go on.",
            "Add an entry; `trimtab explain <setting>` shows one.",
        ),
        (
            "too-many",
            "A list or mapping has too many entries.",
            "There is no place for more.",
            "Remove entries until there are no more than the message says.",
        ),
        (
            "refused-setting",
            "A schema refuses a value for a reason that has no words yet.",
            "The line names the keyword of the schema.",
            (
                "Read what the keyword in the line asks for in schemas/, and tell us of it: every refusal should "
                "have words."
            ),
        ),
        (
            "schema-and-model-disagree",
            "A value passes its schema and not its model.",
            "This is a bug of Trimtab: both are made from one source.",
            (
                "Report it, with the line that the message names. Until it is mended, write the value in another "
                "form or leave it out."
            ),
        ),
        (
            "unknown-code",
            "An allowance names a code that no finding has.",
            "It would allow nothing, and look as if it did.",
            "Correct the code: `trimtab explain` lists all of them.",
        ),
        (
            "hard-refusal-allowed",
            "An allowance names what cannot be allowed.",
            "Only warnings and soft errors are a matter of choice; this would not work.",
            "Mend what the code speaks of, and remove the allowance; `trimtab explain <code>` says how.",
        ),
    ]
) + tell_codes(
    [
        (
            "stale-allowance",
            "An allowance has ended, or allows nothing.",
            "A reason that outlives what it excused hides the next fault of that name.",
            "Remove the allowance. If the finding is still there and its day has passed, mend it, or set a new day.",
        )
    ],
    Severity.WARNING,
)
