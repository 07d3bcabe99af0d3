"""What is said of text that should be YAML."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes

CODES: tuple[Code, ...] = tell_codes(
    [
        (
            "not-yaml",
            "A file is not valid YAML.",
            "Nothing in it can be read with certainty, so nothing is guessed (YAML 1.2.2).",
        ),
        ("tab-indentation", "A tab indents a line.", "YAML indents with spaces only (YAML 1.2.2, section 6.1)."),
        ("duplicate-key", "A mapping has a key twice.", "Most readers keep the last one in silence, and Go refuses."),
        (
            "merge-key",
            "A merge key stands after a key that it brings too, or brings no mapping.",
            "Kubernetes and other readers differ on which of the two values holds.",
        ),
        ("key-not-text", "A key of a mapping is no text.", "JSON, and with it Kubernetes, knows only text as a key."),
        (
            "number-not-finite",
            "A number is infinite, or no number.",
            "JSON has no way to write it (RFC 8259, section 6), so Kubernetes would refuse the object.",
        ),
        ("unknown-alias", "An alias names no anchor that stands before it.", "There is nothing it could stand for."),
        (
            "unknown-tag",
            "A value has a tag that Kubernetes does not read.",
            "What it means would differ from reader to reader.",
        ),
        ("tag-mismatch", "A value does not read as what its tag says.", "Which of the two was meant is unknown."),
        (
            "not-utf8",
            "A file is not UTF-8 text.",
            "Kubernetes reads UTF-8 only; another encoding turns into other letters.",
        ),
        (
            "unprintable-character",
            "A file has a character that YAML does not allow.",
            "Nobody can see it, and readers refuse it (YAML 1.2.2, section 5.1).",
        ),
        (
            "file-too-large",
            "A file is larger than 4 MiB.",
            "No settings file is that large; more would only exhaust memory.",
        ),
        (
            "too-many-values",
            "A file holds more than 200,000 values, counting what aliases stand for.",
            "A few lines of aliases can stand for more values than any machine holds.",
        ),
        (
            "too-deep",
            "Values are nested deeper than 100 levels.",
            "Readers run out of stack; no object of Kubernetes is that deep.",
        ),
    ]
)
