"""The commands that make a Secret: values come from stdin or files, never from an argument, which everybody can see."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from trimtab.secrets.formats import FixedText, Format, RandomCharacters
from trimtab.secrets.wanted import Wanted

TLS = "kubernetes.io/tls"
STDIN = "/dev/stdin"


def plan_commands(wanted: Wanted, cluster: str) -> tuple[str, ...]:
    """Give the commands that make a Secret, for a shell, in order."""
    return (*wanted.obtained_by, *_iter_creating(wanted, cluster))


def plan_seal_commands(wanted: Wanted, cluster: str, missing: tuple[str, ...]) -> tuple[str, ...]:
    """Give the commands that seal the keys of a Secret that are not sealed yet, each value read from stdin."""
    formats = wanted.formats
    sealing = {
        key: f"trimtab secrets {cluster} --seal {shlex.quote(wanted.full_name)} {shlex.quote(key)}" for key in missing
    }
    return (*wanted.obtained_by, *(_fed(formats[key], command) for key, command in sealing.items()))


def _iter_creating(wanted: Wanted, cluster: str) -> Iterator[str]:
    formats = wanted.formats
    if wanted.is_generatable and not _is_one_random(formats):
        only = shlex.quote(wanted.full_name)
        yield f"trimtab secrets {cluster} --generate --only {only} | kubectl apply --server-side -f -"
        return
    if wanted.type == TLS:
        yield f"kubectl create secret tls {_named(wanted)} --cert=tls.crt --key=tls.key"
    else:
        yield from _iter_generic(wanted, formats)
    if wanted.labels:
        labels = " ".join(shlex.quote(f"{key}={value}") for key, value in wanted.labels.items())
        yield f"kubectl label secret {_named(wanted)} {labels}"


def _iter_generic(wanted: Wanted, formats: dict[str, Format | None]) -> Iterator[str]:
    secret = [key for key, one in formats.items() if not isinstance(one, FixedText)]
    source = {key: STDIN if len(secret) == 1 else f"./{key}" for key in secret}
    for key in secret if len(secret) > 1 else ():
        if (random := _random_command(formats[key])) is not None:
            yield f"{random} > {shlex.quote(source[key])}"
    given = [_argument(key, one, source.get(key, "")) for key, one in formats.items()]
    kind = [] if wanted.type == "Opaque" else [f"--type={shlex.quote(wanted.type)}"]
    command = " ".join([f"kubectl create secret generic {_named(wanted)}", *kind, *given])
    yield _fed(formats[secret[0]], command) if len(secret) == 1 else command


def _argument(key: str, one: Format | None, source: str) -> str:
    if isinstance(one, FixedText):
        return f"--from-literal={shlex.quote(f'{key}={one.text}')}"
    return f"--from-file={shlex.quote(f'{key}={source}')}"


def _fed(one: Format | None, command: str) -> str:
    """Let a command read a random value where a machine can make it; else whoever runs it gives the value."""
    random = _random_command(one)
    return f"{random} | {command}" if random else command


def _random_command(one: Format | None) -> str | None:
    if not isinstance(one, RandomCharacters):
        return None
    digits = f"openssl rand -hex {(one.count + 1) // 2} | tr -d '\\n'"
    return digits if one.count % 2 == 0 else f"{digits} | head -c {one.count}"


def _is_one_random(formats: dict[str, Format | None]) -> bool:
    return len(formats) == 1 and all(isinstance(one, RandomCharacters) for one in formats.values())


def _named(wanted: Wanted) -> str:
    return f"{wanted.name} --namespace={wanted.namespace}"
