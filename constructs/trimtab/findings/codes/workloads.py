"""What is said of workloads that apply cleanly and then fail somebody."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

_SOFT = (
    (
        "no-node-fits",
        "Pods ask for a node that the cluster does not have.",
        (
            "They stay Pending for ever, and the Application Progressing: labels and taints are held against the nodes"
            " of the settings (pkg/scheduler/framework/plugins/nodeaffinity, tainttoleration)."
        ),
        "Ask for labels that a node has, tolerate its taints, or declare the label in `nodes` of the settings.",
    ),
    (
        "stateful-set-without-headless-service",
        "The pods of a StatefulSet have no names to find each other by.",
        (
            "Each pod's name is served by a headless Service that you make yourself; addresses change at each restart"
            " (kubernetes.io, StatefulSet: Limitations)."
        ),
        "Write `clusterIP: None` into the Service that serviceName names, or make a second Service that has it.",
    ),
    (
        "drain-blocked",
        "A PodDisruptionBudget allows no disruption.",
        "No node with such a pod can be drained, so no node can be upgraded (pkg/controller/disruption).",
        "Write `maxUnavailable: 1`, or run one copy more than `minAvailable` asks for.",
    ),
)

_WARNED = (
    (
        "no-health-probe",
        "A workload that a Service leads to has no probe.",
        "Nothing notices an application that hangs: its pods stay Ready, and the Service goes on leading to them.",
        "Give the container a readinessProbe that asks what the Service leads to, such as httpGet on its port.",
    ),
    (
        "namespace-in-host-name",
        "A host name spells a namespace in which there is no such Service.",
        "The name does not resolve; the Service of that name is in the namespace of whoever asks.",
        (
            "Write the Service's name with the namespace it is in: name.namespace.svc; or the bare name in the "
            "same namespace."
        ),
    ),
    (
        "rolling-update-on-single-writer",
        "A Deployment starts its next pod while the last one still holds a volume of one node.",
        "On another node the new pod waits for the volume, and the old one waits for the new: the update never ends.",
        "Write `strategy: {type: Recreate}`.",
    ),
    (
        "build-fills-the-node",
        "A workload builds images without a limit of ephemeral storage, or with an archived tool.",
        (
            "Layers of a build fill the node's disk, and the kubelet evicts its neighbours; Kaniko has been archived"
            " since 2025 (GoogleContainerTools/kaniko)."
        ),
        (
            "Give the container a request and a limit of ephemeral-storage, and take a builder that is maintained, "
            "such as BuildKit or Buildah."
        ),
    ),
)

CODES: tuple[Code, ...] = (
    *tell_codes(_SOFT, soft=True, needs_build=True),
    *tell_codes(_WARNED, Severity.WARNING, needs_build=True),
)
