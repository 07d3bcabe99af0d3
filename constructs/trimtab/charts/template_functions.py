"""What the functions of Helm's templates do with where their arguments come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trimtab.charts.template_values import ANY, NOTHING, Items, Origin, Record, join, texts_of
from trimtab.charts.value_reads import ValueReads

# Helm's functions (helm/helm pkg/engine/funcs.go) and those of Masterminds/sprig v3 (docs/). A function that is in no
# set reads a plain value and makes another.
_WRITES_ALL = (
    "toYaml toYamlPretty mustToYaml toJson mustToJson toPrettyJson mustToPrettyJson toRawJson mustToRawJson "
    "toToml mustToToml values"
)
_HANDS_ON = (
    "default coalesce ternary and or required merge mustMerge mergeOverwrite mustMergeOverwrite deepCopy "
    "mustDeepCopy omit pick unset compact mustCompact uniq mustUniq without mustWithout concat append mustAppend "
    "push mustPush prepend mustPrepend rest mustRest initial mustInitial reverse mustReverse slice mustSlice sortAlpha"
)
_TAKES_ITEM = "first mustFirst last mustLast"
_USE: Mapping[str, str] = {
    name: use
    for use, names in (("all", _WRITES_ALL), ("on", _HANDS_ON), ("item", _TAKES_ITEM))
    for name in names.split()
}

_MADE_UP = (
    "randAlphaNum randAlpha randNumeric randAscii randBytes randInt shuffle uuidv4 genPrivateKey genCA genCAWithKey "
    "genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey htpasswd bcrypt encryptAES now ago"
)
RANDOM = tuple(_MADE_UP.split())
"""Functions whose result differs at each render."""


def apply_function(name: str, arguments: Sequence[Origin], reads: ValueReads) -> Origin:
    """Give where the result of a function comes from, and note what it reads."""
    use = _USE.get(name)
    if use == "all":
        reads.take_whole(join(arguments))
        return NOTHING
    if use == "on":
        return join(arguments)
    if use == "item":
        return reads.walk(join(arguments))
    special = _SPECIAL.get(name)
    return special(arguments, reads) if special else NOTHING


def _dict(arguments: Sequence[Origin], reads: ValueReads) -> Origin:
    pairs = zip(arguments[::2], arguments[1::2], strict=False)
    items = [(text, value) for key, value in pairs for text in texts_of(key) or [ANY]]
    return frozenset([Record(tuple(items))])


def _list(arguments: Sequence[Origin], reads: ValueReads) -> Origin:
    return frozenset([Items(tuple(arguments))])


def _index(arguments: Sequence[Origin], reads: ValueReads) -> Origin:
    """Follow `index VALUE KEY...`; a key that is worked out may be any."""
    found = arguments[0] if arguments else NOTHING
    for key in arguments[1:]:
        found = join(reads.step(found, text) for text in texts_of(key) or [ANY])
    return found


def _pluck(arguments: Sequence[Origin], reads: ValueReads) -> Origin:
    keys = texts_of(arguments[0]) if arguments else []
    found = join(reads.step(one, key) for one in arguments[1:] for key in keys or [ANY])
    return frozenset([Items((found,))])


def _dig(arguments: Sequence[Origin], reads: ValueReads) -> Origin:
    """Follow `dig KEY... DEFAULT VALUE`."""
    if len(arguments) < 3:
        return NOTHING
    *keys, default, value = arguments
    return join([_index([value, *keys], reads), default])


def _set(arguments: Sequence[Origin], reads: ValueReads) -> Origin:
    """Give the mapping with the new key, as `set` does."""
    return join([arguments[0], _dict(arguments[1:], reads)]) if len(arguments) == 3 else NOTHING


def _keys(arguments: Sequence[Origin], reads: ValueReads) -> Origin:
    """Note that any name may stand there: the names themselves are what is used."""
    reads.walk(join(arguments))
    return NOTHING


_SPECIAL: Mapping[str, Callable[[Sequence[Origin], ValueReads], Origin]] = {
    "dict": _dict,
    "list": _list,
    "tuple": _list,
    "index": _index,
    "get": _index,
    "hasKey": _index,
    "pluck": _pluck,
    "dig": _dig,
    "set": _set,
    "keys": _keys,
}
