"""Jobs: their indexes, and what counts as failed or done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.settings.words import join_or
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, list_of, number_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_BY_INDEX = ("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")
_CONDITIONS = ("onExitCodes", "onPodConditions")


def check_jobs(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Jobs whose fields do not go together, and policies that speak of what is not there.

    Source: kubernetes v1.35.4 pkg/apis/batch/validation/validation.go (validateJobSpec:191,
    validatePodFailurePolicyRule:329, validateSuccessPolicyRule:429, validateIndexesFormat:1014).
    """
    for entry, path, spec in _iter_jobs(tree):
        yield from _check_indexes(entry, path, spec)
        if isinstance(spec.get("podFailurePolicy"), dict):
            yield from _check_failing(entry, path, spec)
        completions = _count(spec)
        if completions is not None and spec.get("completionMode") == "Indexed":
            for position, rule in iter_fields(spec, "successPolicy", "rules"):
                yield from _check_success(entry, (*path, "successPolicy", "rules", position), rule, completions)


def _iter_jobs(tree: Tree) -> Iterator[tuple[Entry, Path, Fields]]:
    for entry, spec in iter_specs(tree, "batch", "Job"):
        yield entry, ("spec",), spec
    for entry, spec in iter_specs(tree, "batch", "CronJob"):
        yield entry, ("spec", "jobTemplate", "spec"), fields_of(spec, "jobTemplate", "spec")


def _count(spec: Fields) -> int | None:
    """Give how often a Job's pods must end well (pkg/apis/batch/v1/defaults.go, SetDefaults_Job)."""
    is_single = spec.get("completions") is None and spec.get("parallelism") is None
    return 1 if is_single else number_of(spec, "completions")


def _check_indexes(entry: Entry, path: Path, spec: Fields) -> Iterator[Complaint]:
    most_failed, completions = number_of(spec, "maxFailedIndexes"), _count(spec)
    if spec.get("completionMode") != "Indexed":
        for key in _BY_INDEX:
            if spec.get(key) is not None:
                what, cure = f"says {key}, and has no indexes", "write completionMode: Indexed, or leave it away"
                yield complain("contradicting-fields", entry, (*path, key), what, cure)
                return
    elif completions is None:
        yield complain("missing-field", entry, path, "counts indexes and does not say how many", "write completions")
    elif most_failed is not None and most_failed > completions:
        what = f"lets {most_failed} of {completions} indexes fail"
        yield complain("field-out-of-range", entry, (*path, "maxFailedIndexes"), what, f"write {completions} at most")
    if most_failed is not None and spec.get("backoffLimitPerIndex") is None:
        what = "counts indexes that failed, and does not say when one has"
        yield complain("missing-field", entry, path, what, "write backoffLimitPerIndex")


def _check_failing(entry: Entry, path: Path, spec: Fields) -> Iterator[Complaint]:
    pod = fields_of(spec, "template", "spec")
    if pod.get("restartPolicy") == "OnFailure":
        what = "says which pods count as failed, and starts their containers anew"
        here = (*path, "template", "spec", "restartPolicy")
        yield complain("contradicting-fields", entry, here, what, "write restartPolicy: Never")
    if spec.get("podReplacementPolicy") not in (None, "Failed"):
        what = "says which pods count as failed, and replaces them before they have"
        here = (*path, "podReplacementPolicy")
        yield complain("contradicting-fields", entry, here, what, "write Failed, or leave it away")
    names = [text_of(one, "name") for key in ("containers", "initContainers") for _, one in iter_fields(pod, key)]
    for position, rule in iter_fields(spec, "podFailurePolicy", "rules"):
        here = (*path, "podFailurePolicy", "rules", position)
        yield from _check_rule(entry, here, rule, names)
        if rule.get("action") == "FailIndex" and spec.get("backoffLimitPerIndex") is None:
            what = "lets one index fail, and does not count for each"
            yield complain("contradicting-fields", entry, (*here, "action"), what, "write backoffLimitPerIndex")


def _check_rule(entry: Entry, path: Path, rule: Fields, names: list[str]) -> Iterator[Complaint]:
    given = [key for key in _CONDITIONS if rule.get(key) not in (None, [])]
    if len(given) != 1:
        what = "has a rule of failure with two conditions" if given else "has a rule of failure without a condition"
        yield complain("contradicting-fields", entry, path, what, f"write {' or '.join(_CONDITIONS)}")
    codes, here = fields_of(rule, "onExitCodes"), (*path, "onExitCodes")
    name = codes.get("containerName")
    if isinstance(name, str) and name not in names:
        near = suggest(name, names)
        cure = f"did you mean '{near}'?" if near else f"write {join_or(names) or 'one that is there'}"
        what = f"speaks of a container '{name}' that its pods do not have"
        yield complain("value-not-allowed", entry, (*here, "containerName"), what, cure)
    yield from _check_exit_codes(entry, (*here, "values"), list_of(codes, "values"), text_of(codes, "operator"))


def _check_exit_codes(entry: Entry, path: Path, values: Sequence[object], operator: str) -> Iterator[Complaint]:
    numbers = [value for value in values if isinstance(value, int)]
    if numbers != sorted(set(numbers)):
        what = "lists exit codes out of order, or twice"
        yield complain("value-not-allowed", entry, path, what, f"write {sorted(set(numbers))}")
    if operator == "In" and 0 in numbers:
        what = "counts the exit code 0 as a failure"
        yield complain("value-not-allowed", entry, (*path, numbers.index(0)), what, "leave it away")


def _check_success(entry: Entry, path: Path, rule: Fields, completions: int) -> Iterator[Complaint]:
    count, indexes = number_of(rule, "succeededCount"), rule.get("succeededIndexes")
    if count is None and indexes is None:
        what = "has a rule of success that says nothing"
        yield complain("missing-field", entry, path, what, "write succeededCount or succeededIndexes")
    most = completions
    try:
        most = count_indexes(indexes, completions) if isinstance(indexes, str) else completions
    except ValueError as wrong:
        what = f"has the indexes '{indexes}': {wrong}"
        cure = f"write numbers below {completions} and spans of them, ascending: 0,2-4"
        yield complain("wrong-field-form", entry, (*path, "succeededIndexes"), what, cure)
    if count is not None and not 0 <= count <= most:
        what = f"wants {count} of {most} indexes to succeed"
        yield complain("field-out-of-range", entry, (*path, "succeededCount"), what, f"write 0 to {most}")


def count_indexes(text: str, completions: int) -> int:
    """Count the indexes of a Job that a text names.

    Args:
        text: Numbers and spans of them: `0,2-4`.
        completions: How many indexes there are.

    Raises:
        ValueError: It is no such text, or names what is not there; it says why.
    """
    last, total = -1, 0
    for part in text.split(",") if text else ():
        numbers = part.split("-")
        if len(numbers) > 2 or not all(number.isdecimal() for number in numbers):
            raise ValueError(f"'{part}' is no number and no span")
        first, end = int(numbers[0]), int(numbers[-1])
        if end >= completions:
            raise ValueError(f"there is no index {end}")
        if first <= last or (len(numbers) == 2 and first >= end):
            raise ValueError("they do not ascend")
        last, total = end, total + end - first + 1
    return total


CHECKS = (
    Check(
        name="jobs",
        codes=("contradicting-fields", "missing-field", "field-out-of-range", "value-not-allowed", "wrong-field-form"),
        run=check_jobs,
    ),
)
