"""The codes that no rule prints: what each stage of a run says of files, settings, constructs and the tree."""

from __future__ import annotations

from collections.abc import Iterable

from trimtab.findings.code import Code
from trimtab.findings.finding import Severity


def _codes(rows: Iterable[tuple[str, str, str]], severity: Severity = Severity.ERROR, **more: bool) -> tuple[Code, ...]:
    return tuple(Code(code=code, severity=severity, meaning=meaning, why=why, **more) for code, meaning, why in rows)


_YAML = _codes(
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

_FILES = (
    *_codes(
        [
            (
                "missing-file",
                "A cluster, profile or folder that was named is not there.",
                "Its settings would be missed in silence.",
            ),
            ("unreadable-file", "A file or folder cannot be read.", "The disk refuses, so its settings are not known."),
            (
                "several-documents",
                "A settings file holds several documents.",
                "Which of them is meant would be a guess.",
            ),
            (
                "not-a-mapping",
                "A settings file is not a mapping of keys to values.",
                "There is no setting to take from it.",
            ),
            (
                "unknown-format",
                "A file has a settings format that this release does not read.",
                "Its settings may mean something else.",
            ),
            (
                "file-name-mismatch",
                "A cluster's file is named for another cluster.",
                "The file's name is the cluster's name: its folder in dist/ and its Applications carry it.",
            ),
            (
                "misplaced-setting",
                "A setting stands in a layer where it has no meaning.",
                "A shared file cannot say which cluster or which profiles a cluster is made of.",
            ),
            (
                "setting-named-twice",
                "A setting stands under its old name and its new one.",
                "Which of the two holds would be a guess.",
            ),
        ]
    ),
    *_codes(
        [
            ("misnamed-file", "A file's name ends in .yml.", "Only .yaml is read, so that no cluster has two files."),
            (
                "manifest-without-application",
                "An extra manifest lies in no cluster's or no application's folder.",
                "Each object belongs to the application that syncs it; this one is not read.",
            ),
            (
                "null-removes-nothing",
                "A null removes a setting that no layer below sets.",
                "A key without a value is null in YAML; often an empty mapping was meant.",
            ),
            (
                "setting-renamed",
                "A setting is written under its old name.",
                "The old name is read for two more releases.",
            ),
        ],
        Severity.WARNING,
    ),
)

_SETTINGS = _codes(
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
) + _codes(
    [
        (
            "stale-allowance",
            "An allowance has ended, or allows nothing.",
            "A reason that outlives what it excused hides the next fault of that name.",
        )
    ],
    Severity.WARNING,
)

_BUILT = (
    *_codes(
        [
            (
                "not-an-object",
                "An extra manifest is no Kubernetes object.",
                "Each has apiVersion, kind and metadata.name.",
            ),
            (
                "object-owned-twice",
                "One object is written twice.",
                "Two Applications would undo each other's work for ever (Argo CD: SharedResourceWarning).",
            ),
            (
                "duplicate-object",
                "Two objects of one application would share a file.",
                "The second would replace the first.",
            ),
            (
                "never-applied-kind",
                "An object has a kind that Argo CD leaves out.",
                "Argo CD excludes it by default (resource.exclusions in argocd-cm) and still says Synced.",
            ),
            (
                "secret-in-git",
                "A Secret lies in Git with its values.",
                "Everybody who may read the repository, or ever could, has them; base64 hides nothing.",
            ),
            ("patch-without-target", "A patch fits no generated object.", "What it was meant to mend stays as it was."),
            ("patch-refused", "A patch does not fit its object.", "A step of it cannot be done (RFC 6902, RFC 7386)."),
            ("missing-construct-file", "A user construct names a file that is not there.", "There is nothing to load."),
            (
                "missing-construct-symbol",
                "A user construct names what its file does not define.",
                "There is nothing to call.",
            ),
            (
                "construct-outside-repository",
                "A user construct names a file outside the repository.",
                "The tree must follow from the checkout alone.",
            ),
            (
                "user-construct-failed",
                "A user construct raised an error.",
                "Its objects are not whole, so nothing is written.",
            ),
            ("invalid-construct", "A construct says itself that it is not valid.", "Its own validation refused it."),
            ("unreadable-construct", "A construct cannot be made into an object.", "What it holds is no JSON."),
            (
                "construct-outside-application",
                "A user construct stands beside the applications, not in one.",
                "No Application would sync its objects.",
            ),
            (
                "rounded-number",
                "An object of a user construct holds a number that Node has rounded.",
                "Node keeps 53 bits of a whole number (ECMA-262, Number); Kubernetes would get another one.",
            ),
            ("dependency-ring", "Constructs wait for each other in a ring.", "None of them would ever be first."),
        ],
        needs_build=True,
    ),
    *_codes(
        [
            (
                "wave-before-dependency",
                "An object's own sync wave comes before that of what it depends on.",
                "Argo CD applies lower waves first, so the dependency would not hold.",
            )
        ],
        Severity.WARNING,
        needs_build=True,
    ),
)

_TREE = (
    *_codes(
        [
            ("hand-edited-output", "A generated file was changed by hand.", "The next run would write over the edit."),
            (
                "unreadable-index",
                "The inventory of a generated tree cannot be read.",
                "Without it nobody knows which files were generated.",
            ),
        ],
        needs_build=True,
    ),
    *_codes(
        [
            (
                "foreign-file-in-dist",
                "A file that was not generated lies in dist/; an error where it stands in the way.",
                "Argo CD would apply what lies below a source path; what is not ours is never deleted.",
            ),
            (
                "cluster-without-settings",
                "A folder in dist/ belongs to no cluster that has settings.",
                "Argo CD goes on applying it for as long as its root Application is there.",
            ),
        ],
        Severity.WARNING,
        needs_build=True,
    ),
)

CODES: tuple[Code, ...] = (*_YAML, *_FILES, *_SETTINGS, *_BUILT, *_TREE)
"""Every code that no rule prints, by the stage that finds it."""
