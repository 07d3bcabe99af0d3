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
            (
                "Go to the line that is marked, and look at the one before too: put quotes around a value that "
                "holds ': ' or begins with a sign, and indent with spaces as the neighbours do."
            ),
        ),
        (
            "tab-indentation",
            "A tab indents a line.",
            "YAML indents with spaces only (YAML 1.2.2, section 6.1).",
            "Indent with spaces; most editors turn tabs into spaces when told to.",
        ),
        (
            "duplicate-key",
            "A mapping has a key twice.",
            "Most readers keep the last one in silence, and Go refuses.",
            "Keep one of the two keys: decide which value you mean, for readers take different ones.",
        ),
        (
            "merge-key",
            "A merge key stands after a key that it brings too, or brings no mapping.",
            "Kubernetes and other readers differ on which of the two values holds.",
            "Write '<<' before all other keys, with a mapping as its value; or write the keys out.",
        ),
        (
            "key-not-text",
            "A key of a mapping is no text.",
            "JSON, and with it Kubernetes, knows only text as a key.",
            "Put quotes around the key.",
        ),
        (
            "number-not-finite",
            "A number is infinite, or no number.",
            "JSON has no way to write it (RFC 8259, section 6), so Kubernetes would refuse the object.",
            "Write a number, or put quotes around it if it is text.",
        ),
        (
            "unknown-alias",
            "An alias names no anchor that stands before it.",
            "There is nothing it could stand for.",
            (
                "Write the anchor, &name, before the first alias *name; or put quotes around a value that begins "
                "with '*'."
            ),
        ),
        (
            "unknown-tag",
            "A value has a tag that Kubernetes does not read.",
            "What it means would differ from reader to reader.",
            "Remove the tag, and write the plain value.",
        ),
        (
            "tag-mismatch",
            "A value does not read as what its tag says.",
            "Which of the two was meant is unknown.",
            "Remove the tag, or write a value that reads as what the tag says.",
        ),
        (
            "not-utf8",
            "A file is not UTF-8 text.",
            "Kubernetes reads UTF-8 only; another encoding turns into other letters.",
            "Save the file as UTF-8; in a shell: `iconv -f latin1 -t utf-8 old.yaml > new.yaml`.",
        ),
        (
            "unprintable-character",
            "A file has a character that YAML does not allow.",
            "Nobody can see it, and readers refuse it (YAML 1.2.2, section 5.1).",
            'Remove the character, or write it as an escape between double quotes, such as "\\\\u0007".',
        ),
        (
            "file-too-large",
            "A settings file is larger than 4 MiB, or a manifest larger than 32.",
            "No settings file is that large; more would only exhaust memory.",
            (
                "Look what fills it: data goes into an image or a volume, and manifests into several files below "
                "apps/manifests/."
            ),
        ),
        (
            "too-many-values",
            "A file holds more than 200,000 values, counting what aliases stand for.",
            "A few lines of aliases can stand for more values than any machine holds.",
            "Split the file, or write out fewer aliases.",
        ),
        (
            "too-deep",
            "Values are nested deeper than 100 levels.",
            "Readers run out of stack; no object of Kubernetes is that deep.",
            "Look for a bracket that is never closed, or for lists that were nested by mistake.",
        ),
    ]
)
