"""What the API server asks of volumes, claims and storage.

Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go, the function named beside each line;
pkg/apis/storage/validation/validation.go for the rest.
"""

from __future__ import annotations

from trimtab.verify.kubernetes.limits.forms import (
    ABSOLUTE,
    DRIVER,
    ISCSI,
    KEY,
    LABEL,
    LOWER_QUALIFIED,
    NO_CLIMBING,
    RELATIVE,
    SUBDOMAIN,
    VALUE,
)
from trimtab.verify.kubernetes.limits.limit import NEEDED, Limit, Limits, choice, each, number, text

_MODE = number(0, 0o777)
_LUN = number(0, 255)
_MODES = each(choice("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod", needed=True))
_SECONDS = number(600, 2**32)

VOLUMES: Limits = {
    "core.v1.Volume": {"name": NEEDED},  # ValidateVolumes
    "core.v1.VolumeDevice": {"devicePath": text(NO_CLIMBING, needed=True), "name": NEEDED},  # ValidateVolumeDevices
    "core.v1.KeyToPath": {"key": NEEDED, "mode": _MODE, "path": text(RELATIVE, needed=True)},  # validateKeyToPath
    "core.v1.DownwardAPIVolumeFile": {"mode": _MODE, "path": text(RELATIVE, needed=True)},
    "core.v1.ConfigMapProjection": {"name": NEEDED},  # validateProjectionSources
    "core.v1.SecretProjection": {"name": NEEDED},
    "core.v1.ServiceAccountTokenProjection": {"expirationSeconds": _SECONDS, "path": text(RELATIVE, needed=True)},
    "core.v1.EphemeralVolumeSource": {"volumeClaimTemplate": NEEDED},  # validateEphemeralVolumeSource
    "core.v1.HostPathVolumeSource": {"path": text(NO_CLIMBING, needed=True)},  # validateHostPathVolumeSource
    "core.v1.NFSVolumeSource": {"path": text(ABSOLUTE, needed=True), "server": NEEDED},  # validateNFSVolumeSource
    "core.v1.LocalVolumeSource": {"path": text(NO_CLIMBING, needed=True)},  # validateLocalVolumeSource
    "core.v1.ISCSIVolumeSource": {"iqn": text(ISCSI, needed=True), "lun": _LUN, "targetPortal": NEEDED},
    "core.v1.ISCSIPersistentVolumeSource": {"iqn": text(ISCSI, needed=True), "lun": _LUN, "targetPortal": NEEDED},
    "core.v1.FCVolumeSource": {"lun": _LUN},  # validateFCVolumeSource
    "core.v1.RBDVolumeSource": {"image": NEEDED, "monitors": NEEDED},  # validateRBDVolumeSource
    "core.v1.RBDPersistentVolumeSource": {"image": NEEDED, "monitors": NEEDED},
    "core.v1.CephFSVolumeSource": {"monitors": NEEDED},  # validateCephFSVolumeSource
    "core.v1.CephFSPersistentVolumeSource": {"monitors": NEEDED},
    "core.v1.GitRepoVolumeSource": {"repository": NEEDED},  # validateGitRepoVolumeSource
    "core.v1.GlusterfsVolumeSource": {"endpoints": NEEDED, "path": NEEDED},
    "core.v1.FlexVolumeSource": {"driver": NEEDED},  # validateFlexVolumeSource
    "core.v1.CSIVolumeSource": {"driver": text(DRIVER, needed=True)},  # validateCSIVolumeSource
    "core.v1.CSIPersistentVolumeSource": {"driver": text(DRIVER, needed=True), "volumeHandle": NEEDED},
    "core.v1.PersistentVolumeClaimSpec": {  # ValidatePersistentVolumeClaimSpec
        "accessModes": _MODES,
        "storageClassName": text(SUBDOMAIN),
    },
    "core.v1.PersistentVolumeClaimTemplate": {"spec": NEEDED},
    "core.v1.PersistentVolumeSpec": {"accessModes": _MODES, "storageClassName": text(SUBDOMAIN)},
    "core.v1.VolumeNodeAffinity": {"required": NEEDED},  # validateVolumeNodeAffinity
    "core.v1.TopologySelectorLabelRequirement": {  # ValidateTopologySelectorTerm
        "key": text(KEY, needed=True),
        "values": NEEDED,
    },
    "storage.v1.StorageClass": {"provisioner": text(LOWER_QUALIFIED, needed=True)},  # validateProvisioner
    "storage.v1.CSIDriverSpec": {  # validateCSIDriverSpec
        "fsGroupPolicy": choice("File", "None", "ReadWriteOnceWithFSType"),
        "volumeLifecycleModes": each(choice("Persistent", "Ephemeral", needed=True)),
    },
    "storage.v1.TokenRequest": {"expirationSeconds": _SECONDS},  # validateTokenRequests
    "storage.v1.CSINodeDriver": {"name": text(DRIVER, needed=True), "nodeID": NEEDED},  # validateCSINodeDriver
    "storage.v1.CSIStorageCapacity": {"storageClassName": text(SUBDOMAIN, needed=True)},
    "storage.v1.VolumeAttachmentSpec": {
        "attacher": text(DRIVER, needed=True),
        "nodeName": text(SUBDOMAIN, needed=True),
    },
    "storage.v1.VolumeAttachmentSource": {"persistentVolumeName": text(SUBDOMAIN)},
    "storage.v1.VolumeAttributesClass": {"driverName": text(LOWER_QUALIFIED, needed=True), "parameters": NEEDED},
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy": {  # ValidatePersistentVolumeClaimRetentionPolicyType
        "whenDeleted": choice("Retain", "Delete"),
        "whenScaled": choice("Retain", "Delete"),
    },
    "node.v1.RuntimeClass": {"handler": text(LABEL, needed=True)},  # pkg/apis/node/validation, ValidateRuntimeClass
    "node.v1.Scheduling": {"nodeSelector": Limit(keys=KEY, each=text(VALUE))},
    "scheduling.v1.PriorityClass": {"preemptionPolicy": choice("PreemptLowerPriority", "Never")},
}
