"""Feeds a target with what atheris makes up: `python tests/fuzz/run.py TARGET SECONDS`; `make fuzz` calls it.

What is interesting is kept in build/fuzz/corpus/<target>/; what raises, hangs or takes too much memory stops the run
and is written to build/fuzz/found/.
"""

from __future__ import annotations

import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SITE = TOP / "build/fuzz/site"
"""Where `make fuzz` puts atheris, apart from what is locked."""
INPUT_S = 2
"""The most seconds for one input; instrumented code takes about ten times as long."""
MEMORY_MB = 2048
LONGEST = 4096
"""Bytes of an input: what a mistake needs is short, and short inputs are many."""


def main(name: str, seconds: int) -> int:
    """Fuzz one target.

    Args:
        name: The target.
        seconds: For how long.
    """
    sys.path[:0] = [str(SITE), str(TOP / "tests/support")]
    try:
        import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError as error:
        sys.stderr.write(f"skipped: atheris cannot be loaded here: {error}\n")
        return 0
    from fuzz_support.targets import FOLDER, list_targets, load_target

    if name not in list_targets():
        sys.stderr.write(f"there is no target '{name}'; there are: {', '.join(list_targets())}\n")
        return 2
    with atheris.instrument_imports(include=["trimtab", "yaml"]):
        target = load_target(name)
    grown, found = (TOP / "build/fuzz" / folder for folder in (f"corpus/{name}", "found"))
    for folder in (grown, found):
        folder.mkdir(parents=True, exist_ok=True)
    options = {
        "max_total_time": seconds,
        "timeout": INPUT_S,
        "max_len": LONGEST,
        "rss_limit_mb": MEMORY_MB,
        "artifact_prefix": f"{found}/{name}-",
        "print_final_stats": 1,
        "verbosity": 1,
    }
    given = [f"-{option}={value}" for option, value in options.items()]
    atheris.Setup([sys.argv[0], *given, str(grown), str(FOLDER / "corpus" / name)], target)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
