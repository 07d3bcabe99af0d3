"""What `cdk8s synth` runs: the same tree as `trimtab synth`."""

from __future__ import annotations

import sys

from trimtab.cli.synth import synth_for_cdk8s

sys.exit(synth_for_cdk8s(__file__))
