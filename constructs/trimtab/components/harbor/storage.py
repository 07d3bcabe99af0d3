"""Where Harbor keeps things: volumes, a bucket, a database."""

from __future__ import annotations

from trimtab.components.harbor.names import PASSWORD_KEY, is_scanning, wanted_database_secret
from trimtab.components.harbor.settings import Settings
from trimtab.components.harbor.storage_settings import ExternalDatabase, ObjectStorage
from trimtab.kube.objects import CONFIRMED
from trimtab.kube.release import Values
from trimtab.plan.cluster import Cluster
from trimtab.plan.storage import Claim


def plan_storage(settings: Settings, cluster: Cluster) -> Values:
    """Give the values of volumes, bucket and database."""
    return {
        "persistence": _persistence(settings, cluster),
        "database": _database(settings),
        **_many_writers(settings),
    }


def _persistence(settings: Settings, cluster: Cluster) -> Values:
    usual: Values = {"storageClass": settings.storage_class} if settings.storage_class else {}
    database_class = settings.database_storage_class or settings.storage_class
    shared: Values = {"accessMode": "ReadWriteMany"} if settings.replicas > 1 else {}
    claims: Values = {
        "jobservice": {"jobLog": {**usual, "annotations": dict(CONFIRMED)}},
        "redis": usual,
    }
    if settings.object_storage is None:
        claims["registry"] = {"size": settings.size, **usual, **shared, "annotations": dict(CONFIRMED)}
    if settings.external_database is None:
        named = {"storageClass": database_class} if database_class else {}
        claims["database"] = {"size": settings.database_size, **named}
    if is_scanning(settings, cluster):
        claims["trivy"] = {"size": settings.scanner_size, **usual}
    values: Values = {"persistentVolumeClaim": {name: claim for name, claim in claims.items() if claim}}
    if settings.object_storage:
        values["imageChartStorage"] = _bucket(settings.object_storage)
    return values


def plan_claims(settings: Settings, cluster: Cluster) -> tuple[Claim, ...]:
    """Give the volumes that the chart asks for; job logs and the cache take a gibibyte each (the chart's own sizes)."""
    usual, database = settings.storage_class, settings.database_storage_class or settings.storage_class
    at = ("components", "harbor")
    claims = [
        Claim(name="job logs", size="1Gi", storage_class=usual, path=at),
        Claim(name="cache", size="1Gi", storage_class=usual, path=at),
    ]
    if settings.object_storage is None:
        claims.append(Claim(name="images", size=settings.size, storage_class=usual, path=(*at, "size")))
    if settings.external_database is None:
        path = (*at, "databaseSize")
        claims.append(Claim(name="database", size=settings.database_size, storage_class=database, path=path))
    if is_scanning(settings, cluster):
        claims.append(Claim(name="scanner", size=settings.scanner_size, storage_class=usual, path=(*at, "scannerSize")))
    return tuple(claims)


def _bucket(wanted: ObjectStorage) -> Values:
    s3: Values = {"region": wanted.region, "bucket": wanted.bucket, "existingSecret": wanted.secret_name}
    if wanted.endpoint is None:
        return {"type": "s3", "s3": s3}
    # A client would be sent to a server that perhaps only the cluster reaches.
    return {"type": "s3", "disableredirect": True, "s3": {**s3, "regionendpoint": wanted.endpoint}}


def _database(settings: Settings) -> Values:
    secret = wanted_database_secret(settings)
    if settings.external_database:
        return {"type": "external", "external": _external(settings.external_database, secret)}
    # The chart has no existing Secret for its own database. Core and exporter read the one for an external database
    # whatever the type is; PostgreSQL itself takes an environment variable over the chart's Secret, in which nothing
    # must be left (harbor-helm v1.19.1 templates/core/core-dpl.yaml, templates/database/database-ss.yaml).
    password = {"secretKeyRef": {"name": secret, "key": PASSWORD_KEY}}
    return {
        "type": "internal",
        "external": {"existingSecret": secret},
        "internal": {"password": "", "extraEnvVars": [{"name": "POSTGRES_PASSWORD", "valueFrom": password}]},
    }


def _external(wanted: ExternalDatabase, secret: str) -> Values:
    return {
        "host": wanted.host,
        "port": str(wanted.port),
        "username": wanted.user,
        "coreDatabase": wanted.name,
        "sslmode": wanted.ssl_mode,
        "existingSecret": secret,
    }


def _many_writers(settings: Settings) -> Values:
    """One writer gives its volume back before the next has it; several share one, and keep job logs elsewhere."""
    if settings.replicas == 1:
        return {"updateStrategy": {"type": "Recreate"}}
    return {"updateStrategy": {"type": "RollingUpdate"}, "jobservice": {"jobLoggers": ["database"]}}
