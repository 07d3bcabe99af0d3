"""A balance as text and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.capacity.balance import Balance, Disks, Volumes
from trimtab.capacity.columns import iter_columns
from trimtab.plan.quantities import render_bytes, render_cores

UNKNOWN = "not said"


def render_balance(balance: Balance) -> str:
    """Write a balance for people."""
    return "\n".join(_lines(balance)) + "\n"


def _lines(balance: Balance) -> Iterator[str]:
    there, asked = balance.machines, balance.requested
    yield f"{balance.cluster}: {there.count} machines that take pods"
    yield ""
    cores = render_cores(there.cpu) if there.cpu is not None else UNKNOWN
    memory = render_bytes(there.memory) if there.memory is not None else UNKNOWN
    yield from iter_columns(
        [
            ("", "asked for", "there is"),
            ("cores", render_cores(asked.cpu), cores),
            ("memory", render_bytes(asked.memory), memory),
        ],
        left=1,
    )
    if balance.uncounted:
        yield ""
        yield f"not counted, since Argo CD renders their charts: {', '.join(balance.uncounted)}"
    yield ""
    yield from iter_columns(
        [
            ("application", "pods", "copies", "cores", "memory"),
            *(
                (
                    one.application,
                    one.what.name,
                    str(one.what.count),
                    render_cores(one.what.total.cpu),
                    render_bytes(one.what.total.memory),
                )
                for one in balance.requests
            ),
        ]
    )
    for disks in balance.disks:
        yield ""
        yield from _disks(disks)
    if balance.elsewhere:
        yield ""
        yield "volumes of which the settings do not say what they are made of"
        yield from _volumes(balance.elsewhere)


def _disks(disks: Disks) -> Iterator[str]:
    free = disks.usable - disks.taken
    left = f"{render_bytes(free)} left" if free >= 0 else f"{render_bytes(-free)} too much"
    yield (
        f"disks of {disks.name}: {render_bytes(disks.raw)}, {render_bytes(disks.usable)} before Ceph warns;"
        f" taken when all volumes are full: {render_bytes(disks.taken)}, {left}"
    )
    yield from _volumes(disks.volumes)


def _volumes(volumes: tuple[Volumes, ...]) -> Iterator[str]:
    yield from iter_columns(
        [
            ("application", "volume", "class", "each", "count", "on disks"),
            *(
                (
                    one.asked.application,
                    one.asked.what.name,
                    one.storage_class or UNKNOWN,
                    render_bytes(one.each),
                    str(one.asked.what.count),
                    render_bytes(one.on_disks),
                )
                for one in volumes
            ),
        ],
        left=3,
    )


def describe_balance(balance: Balance) -> Mapping[str, Any]:
    """Give a balance as data: cores as text, all else in bytes."""
    there, asked = balance.machines, balance.requested
    return {
        "cluster": balance.cluster,
        "machines": {
            "count": there.count,
            "cpu": render_cores(there.cpu) if there.cpu is not None else None,
            "memory": int(there.memory) if there.memory is not None else None,
        },
        "requested": {"cpu": render_cores(asked.cpu), "memory": int(asked.memory), "uncounted": [*balance.uncounted]},
        "pods": [
            {
                "application": one.application,
                "name": one.what.name,
                "count": one.what.count,
                "cpu": render_cores(one.what.each.cpu),
                "memory": int(one.what.each.memory),
                "ephemeralStorage": int(one.what.each.ephemeral),
            }
            for one in balance.requests
        ],
        "disks": [
            {
                "name": disks.name,
                "raw": disks.raw,
                "usable": disks.usable,
                "taken": disks.taken,
                "volumes": [_describe(one) for one in disks.volumes],
            }
            for disks in balance.disks
        ],
        "otherVolumes": [_describe(one) for one in balance.elsewhere],
    }


def _describe(one: Volumes) -> Mapping[str, Any]:
    return {
        "application": one.asked.application,
        "name": one.asked.what.name,
        "storageClass": one.storage_class or None,
        "each": one.each,
        "count": one.asked.what.count,
        "onDisks": one.on_disks,
    }
