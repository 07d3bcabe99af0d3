"""What is said of what a cluster's machines and disks can hold."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = tell_codes(
    [
        (
            "claim-larger-than-disks",
            "One volume is larger than all disks together.",
            (
                "Ceph hands it out, for it takes room only when it is written, and stops every write of every volume"
                " once its disks are full (docs.ceph.com, mon_osd_full_ratio)."
            ),
            "Ask for a smaller volume, keep fewer copies, or name more disks in `nodes.<name>.disks`.",
        )
    ],
    soft=True,
    needs_build=True,
) + tell_codes(
    [
        (
            "claims-exceed-disks",
            "All volumes together are larger than the disks, counting each copy.",
            (
                "Ceph warns when a disk is 85 per cent full and stops all writes at 95 (docs.ceph.com,"
                " mon_osd_nearfull_ratio, mon_osd_full_ratio)."
            ),
            (
                "Ask for less, keep fewer copies, or add disks to `nodes.<name>.disks`; `trimtab capacity` lists "
                "every volume."
            ),
        ),
        (
            "requests-exceed-nodes",
            "All pods together ask for more than the machines have.",
            (
                "The scheduler sets aside what is asked for, used or not; the last pods stay Pending (Kubernetes"
                " documentation, Resource Management for Pods and Containers)."
            ),
            (
                "Cut `resources`, take `sizeClass: small`, or add machines; `trimtab capacity` lists what asks for "
                "how much."
            ),
        ),
    ],
    Severity.WARNING,
    needs_build=True,
)
