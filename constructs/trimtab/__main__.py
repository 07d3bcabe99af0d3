"""`python -m trimtab`: the command where no script is on the path."""

from __future__ import annotations

from trimtab.cli.start import run

if __name__ == "__main__":
    run()
