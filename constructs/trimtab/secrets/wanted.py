"""Every Secret that the applications of a cluster read and that no object in Git makes, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trimtab.plan.application import Application, WantedSecret
from trimtab.secrets.formats import FixedText, Format, HtpasswdLine, parse_format


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An application that reads a Secret, and what for."""

    application: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One Secret, with everybody who reads it."""

    namespace: str
    name: str
    keys: Mapping[str, str] = field(hash=False)
    """Key to what it holds, in words; an empty text where that is plain."""
    uses: tuple[Use, ...]
    type: str = "Opaque"
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    by_hand: bool = False
    """Whether nothing in Git can make it: it is needed before anything is brought from there."""
    obtained_by: tuple[str, ...] = ()
    """Commands, run somewhere else, that give the values."""

    @property
    def full_name(self) -> str:
        """Namespace and name, joined by a slash."""
        return f"{self.namespace}/{self.name}"

    @property
    def formats(self) -> dict[str, Format | None]:
        """Key to how a machine can make its value; None where it cannot."""
        return {key: parse_format(text) for key, text in self.keys.items()}

    @property
    def is_generatable(self) -> bool:
        """Whether a machine can make every value."""
        formats = self.formats
        return bool(formats) and all(_is_makeable(one, formats) for one in formats.values())


def list_wanted(applications: Iterable[Application]) -> tuple[Wanted, ...]:
    """List the Secrets that applications want, by namespace and name; what several say of one is put together."""
    found: dict[tuple[str, str], list[tuple[str, WantedSecret]]] = {}
    for application in applications:
        for secret in application.secrets:
            found.setdefault((secret.namespace, secret.name), []).append((application.name, secret))
    return tuple(_join(found[identity]) for identity in sorted(found))


def _join(asked: list[tuple[str, WantedSecret]]) -> Wanted:
    secrets = [secret for _, secret in asked]
    keys: dict[str, str] = {}
    for secret in secrets:
        for index, key in enumerate(secret.keys):
            text = secret.formats[index] if index < len(secret.formats) else ""
            keys[key] = keys.get(key) or text
    return Wanted(
        namespace=secrets[0].namespace,
        name=secrets[0].name,
        keys=keys,
        uses=tuple(dict.fromkeys(Use(application=name, why=secret.why) for name, secret in asked)),
        type=next((secret.type for secret in secrets if secret.type != "Opaque"), "Opaque"),
        labels=dict(sorted({label for secret in secrets for label in secret.labels})),
        by_hand=any(secret.by_hand for secret in secrets),
        obtained_by=tuple(dict.fromkeys(secret.obtained_by for secret in secrets if secret.obtained_by)),
    )


def _is_makeable(one: Format | None, formats: Mapping[str, Format | None]) -> bool:
    """Say whether there is a way to make a value; a line of a password file needs its password beside it."""
    if isinstance(one, HtpasswdLine):
        password = formats.get(one.password_key)
        return password is not None and not isinstance(password, HtpasswdLine | FixedText)
    return one is not None
