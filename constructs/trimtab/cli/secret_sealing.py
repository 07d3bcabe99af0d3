"""What `trimtab secrets --seal` does: one value from stdin, sealed, into a file of the user's own manifests."""

from __future__ import annotations

import os

from trimtab.cli.secret_work import Work, refuse, refuse_unknown, say
from trimtab.documents.canonical import order_manifest
from trimtab.documents.values import parse_values
from trimtab.documents.writer import render_yaml
from trimtab.doors.clock import read_today
from trimtab.doors.disk import FileKind, read_bytes, read_kind
from trimtab.doors.disk_writing import write_atomically, write_folder
from trimtab.doors.errors import OutsideError
from trimtab.doors.folder_lock import locked_folder
from trimtab.doors.randomness import read_random
from trimtab.doors.streams import read_value
from trimtab.doors.user_key import config_folder, read_user_key
from trimtab.findings.exit_codes import ExitCode
from trimtab.kube.manifests import Manifest
from trimtab.secrets.references import certificate_file
from trimtab.secrets.sealed_secret import OtherScopeError, Sealer, put_value, sealed_name, sealed_values
from trimtab.secrets.sealing import Certificate, Scope, UnusableCertificate, parse_certificate
from trimtab.secrets.wanted import Wanted
from trimtab.settings.folders import MANIFESTS
from trimtab.settings.secrets import Provider

MAX_VALUE_BYTES = 1024 * 1024
"""The longest value of a Secret, in bytes (kubernetes pkg/apis/core/types.go, MaxSecretSize)."""


def seal_value(work: Work, name: str, key: str, scope: str) -> int:
    """Seal the value on stdin into a file of the user's own manifests.

    Returns:
        The exit code: 1 where the certificate or the file that is there already forbids it, 2 for wrong usage.

    Raises:
        OutsideError: A file cannot be read or written.
    """
    wanted = next((one for one in work.wanted if one.full_name == name), None)
    if wanted is None:
        return refuse_unknown(work, name)
    if (refusal := _check_sealing(work, wanted, key)) is not None:
        return refuse(*refusal)
    try:
        certificate = _read_certificate(work)
    except UnusableCertificate as error:
        return refuse(
            f"nothing can be sealed with {certificate_file(work.cluster)}: {error}",
            f"kubeseal --fetch-cert > {certificate_file(work.cluster)}",
            ExitCode.ERRORS,
        )
    value = read_value(MAX_VALUE_BYTES + 1)
    if not value or len(value) > MAX_VALUE_BYTES:
        said = f"the value has more than {MAX_VALUE_BYTES} bytes" if value else "there is no value on standard input"
        return refuse(said, "give the value on standard input, never as an argument")
    if value.endswith(b"\n"):
        say("note: the value ends with a line break, which is sealed too; printf and `tr -d '\\n'` leave it out")
    sealer = Sealer(
        certificate=certificate,
        scope=Scope(scope),
        random=read_random,
        digest_key=read_user_key(config_folder(os.environ)),
    )
    return _write_sealed(work, wanted, key, value, sealer)


def _write_sealed(work: Work, wanted: Wanted, key: str, value: bytes, sealer: Sealer) -> int:
    file, _ = work.sealed.get(wanted.full_name, (_sealed_file(work, wanted), None))
    with locked_folder(work.root):
        old = _read_sealed(work, wanted, file)
        try:
            manifest = put_value(wanted, key, value, old, sealer)
        except OtherScopeError as error:
            return refuse(
                f"{file} is sealed {error.scope}",
                f"give --scope {error.scope}, or remove the file and seal every key anew",
                ExitCode.ERRORS,
            )
        unchanged = old is not None and sealed_values(old) == sealed_values(manifest)
        if not unchanged:
            path = work.root / file
            write_folder(path.parent)
            write_atomically(path, render_yaml(order_manifest(manifest)).encode())
    say(f"{file}: {key} of {wanted.full_name} {'unchanged' if unchanged else 'sealed'}")
    return ExitCode.OK


def _read_sealed(work: Work, wanted: Wanted, file: str) -> Manifest | None:
    """Read a SealedSecret as it is now: another run may have sealed a value while this one waited for its own.

    Raises:
        OutsideError: The file cannot be read, or holds anything else.
    """
    if read_kind(work.root / file) is FileKind.NOTHING:
        return None
    parsed = parse_values(read_bytes(work.root / file), file=file)
    [value] = parsed.values if len(parsed.values) == 1 and not parsed.findings else [None]
    if not isinstance(value, dict) or sealed_name(value) != wanted.full_name:
        raise OutsideError(
            f"{file} does not hold the SealedSecret {wanted.full_name} alone", "move it to another place"
        )
    return value


def _check_sealing(work: Work, wanted: Wanted, key: str) -> tuple[str, str] | None:
    """Say why a value of a Secret may not be sealed, and what would be right."""
    if work.provider is not Provider.SEALED_SECRETS:
        return f"secrets.provider of {work.cluster.name} is {work.provider}", "write `provider: sealed-secrets`"
    if wanted.by_hand:
        return (
            f"{wanted.full_name} is needed before anything is brought from Git",
            f"`trimtab secrets {work.cluster.name} --only {wanted.full_name}` says how to make it",
        )
    if key not in wanted.keys:
        return f"nobody reads the key '{key}' of {wanted.full_name}", f"its keys are {', '.join(wanted.keys)}"
    files = [file.file for file in work.state.loaded.manifests if len(file.documents) > 1]
    if (found := work.sealed.get(wanted.full_name)) is not None and found[0] in files:
        return f"{found[0]} holds more than this SealedSecret", "put it into a file of its own"
    return None


def _read_certificate(work: Work) -> Certificate:
    file = certificate_file(work.cluster)
    try:
        pem = read_bytes(work.root / file)
    except OutsideError as error:
        raise UnusableCertificate(error.message) from error
    return parse_certificate(pem, read_today())


def _sealed_file(work: Work, wanted: Wanted) -> str:
    """Say where a new SealedSecret goes: to the application that reads it first, which brings its namespace too."""
    waves = work.state.require_plan().order.waves
    application = min((use.application for use in wanted.uses), key=lambda name: (waves[name], name))
    return f"{MANIFESTS}/{work.cluster.name}/{application}/sealedsecret_{wanted.namespace}_{wanted.name}.yaml"
