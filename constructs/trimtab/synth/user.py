"""The user's own constructs: loaded by path under names of their own, run, and their mistakes turned into findings."""

from __future__ import annotations

import contextlib
import hashlib
import linecache
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from trimtab.findings.finding import Finding, Place, Severity
from trimtab.synth.records import UserConstruct

if TYPE_CHECKING:
    from trimtab.synth.chart import Chart

PACKAGE = "trimtab_user"
"""The package under which users' modules stand in `sys.modules`; no folder of theirs is ever on `sys.path`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A user's construct that did not run to its end."""

    finding: Finding
    traceback: str = ""
    """All of it, for who asks for more."""


def run_construct(construct: UserConstruct, chart: Chart, facts: object, root: Path) -> Failure | None:
    """Load the construct and let it build into the chart; what it prints goes to stderr.

    Args:
        construct: a function is called with `(chart, facts, settings)`, a class with `(chart, name)` and the
            keywords `facts` and `settings`.
        chart: the chart of its application.
        facts: what the cluster and its components offer.
        root: the root of the repository, which `construct.file` is relative to.
    """
    path = root / construct.file
    missing = _check_file(construct, path, root)
    if missing is not None:
        return Failure(finding=missing)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            symbol = getattr(load_module(construct.name, path), construct.symbol, None)
            if not callable(symbol):
                return Failure(finding=_report_symbol(construct))
            _call(symbol, construct, chart, facts)
    except (Exception, SystemExit) as error:  # noqa: BLE001  the user's code may raise anything
        finding = _report_error(construct, error, root)
        return Failure(finding=finding, traceback="".join(traceback.format_exception(error)))
    return None


def load_module(name: str, path: Path) -> ModuleType:
    """Load a Python file as `trimtab_user.<name>`; its neighbours are importable from it as `from .neighbour import x`.

    A file is loaded once until `forget_modules`, under the name it was first asked for.
    """
    resolved = path.resolve()
    for full in [full for full in sys.modules if full.startswith(f"{PACKAGE}.")]:
        if sys.modules[full].__dict__.get("__trimtab_file__") == resolved:
            return sys.modules[full]
    full = f"{_ensure_package()}.{_build_module_name(name, resolved)}"
    spec = cast(
        "ModuleSpec", spec_from_file_location(full, resolved, submodule_search_locations=[str(resolved.parent)])
    )
    module = module_from_spec(spec)
    sys.modules[full] = module
    try:
        cast("Callable[[ModuleType], None]", spec.loader.exec_module if spec.loader else None)(module)
    except BaseException:
        forget_modules(full)
        raise
    module.__dict__["__trimtab_file__"] = resolved
    return module


def _ensure_package() -> str:
    if PACKAGE not in sys.modules:
        package = ModuleType(PACKAGE)
        package.__path__ = []
        sys.modules[PACKAGE] = package
    return PACKAGE


def _build_module_name(name: str, path: Path) -> str:
    """A Python name; a second file under a name already taken gets a few digits of its path's digest."""
    plain = re.sub(r"\W", "_", name)
    taken = f"{PACKAGE}.{plain}" in sys.modules
    return f"{plain}_{hashlib.sha256(str(path).encode()).hexdigest()[:8]}" if taken else plain


def forget_modules(package: str = PACKAGE) -> None:
    """Take users' modules out again, so that the next load reads their files as they are then."""
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]


def _call(symbol: Callable[..., object], construct: UserConstruct, chart: Chart, facts: object) -> None:
    if isinstance(symbol, type):
        symbol(chart, construct.name, facts=facts, settings=construct.settings)
    else:
        symbol(chart, facts, construct.settings)


def _check_file(construct: UserConstruct, path: Path, root: Path) -> Finding | None:
    if not path.resolve().is_relative_to(root.resolve()):
        return _report(
            "construct-outside-repository",
            construct,
            f"user construct {construct.name!r} names a file outside the repository: {construct.file}",
            help_="a construct is loaded only from the checked-out tree; move the file into it",
        )
    if not path.is_file():
        return _report(
            "missing-construct-file",
            construct,
            f"user construct {construct.name!r} names a file that is not there: {construct.file}",
            help_="write the path relative to the root of the repository, such as constructs/mine.py",
        )
    return None


def _report_symbol(construct: UserConstruct) -> Finding:
    return _report(
        "missing-construct-symbol",
        construct,
        f"user construct {construct.name!r} names {construct.symbol!r}, which {construct.file} does not define",
        help_="a function takes (chart, facts, settings), a class (scope, id, *, facts, settings)",
    )


def _report_error(construct: UserConstruct, error: BaseException, root: Path) -> Finding:
    said = str(error).strip().partition("\n")[0]
    message = f"user construct {construct.name!r} failed with {type(error).__name__}" + (f": {said}" if said else "")
    place = _find_place(error, root.resolve())
    return _report("user-construct-failed", construct, message, place=place)


def _report(
    code: str, construct: UserConstruct, message: str, *, place: Place | None = None, help_: str | None = None
) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        help=help_,
        path=("constructs", construct.name),
        place=place or construct.place,
    )


def _find_place(error: BaseException, root: Path) -> Place | None:
    """The innermost line of the user's own modules that the error passed through."""
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_relative_to(root):
        line, column = error.lineno or 1, max(1, error.offset or 1)
        return _build_place(Path(error.filename), root, (line, column), (line, column + 1))
    walked = zip(traceback.walk_tb(error.__traceback__), traceback.extract_tb(error.__traceback__), strict=True)
    for (live, _), frame in reversed(list(walked)):
        if str(live.f_globals.get("__name__")).startswith(f"{PACKAGE}.") and frame.lineno is not None:
            end = frame.end_lineno or frame.lineno
            start = _count_column(frame.filename, frame.lineno, frame.colno or 0)
            stop = _count_column(frame.filename, end, frame.end_colno or 0)
            return _build_place(Path(frame.filename), root, (frame.lineno, start), (end, stop))
    return None


def _build_place(file: Path, root: Path, start: tuple[int, int], end: tuple[int, int]) -> Place:
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    return Place(file=name, line=start[0], column=start[1], end_line=end[0], end_column=end[1])


def _count_column(file: str, line: int, offset: int) -> int:
    """Python counts a frame's columns in bytes from 0, a place in characters from 1."""
    return len(linecache.getline(file, line).encode()[:offset].decode(errors="replace")) + 1
