"""The functions of jq: which there are, which lead somewhere in an object, and what those do that paths need.

Source: github.com/itchyny/gojq v0.12.19 func.go and builtin.jq; those that Argo CD gives no input to are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product

from trimtab.verify.argocd.jq.part import Part, Place, Run, Scene, Spot, catch, go, go_each, make, refuse, select
from trimtab.verify.argocd.jq.plain import PLAIN, from_entries, to_entries
from trimtab.verify.argocd.jq.values import JqError, Value, is_true, order_key, to_text, type_of

_NAMES = """
IN/1 IN/2 INDEX/1 INDEX/2 JOIN/2 JOIN/3 JOIN/4 abs/0 acos/0 acosh/0 add/0 add/1 all/0 all/1 all/2 any/0 any/1 any/2
arrays/0 ascii_downcase/0 ascii_upcase/0 asin/0 asinh/0 atan/0 atan2/2 atanh/0 booleans/0 bsearch/1 builtins/0
capture/1 capture/2 cbrt/0 ceil/0 combinations/0 combinations/1 contains/1 copysign/2 cos/0 cosh/0 del/1 delpaths/1
drem/2 empty/0 endswith/1 env/0 erf/0 erfc/0 error/0 error/1 exp/0 exp10/0 exp2/0 explode/0 expm1/0 fabs/0 fdim/2
finites/0 first/0 first/1 flatten/0 flatten/1 floor/0 fma/3 fmax/2 fmin/2 fmod/2 format/1 frexp/0 from_entries/0
fromdate/0 fromdateiso8601/0 fromjson/0 fromstream/1 gamma/0 getpath/1 gmtime/0 group_by/1 gsub/2 gsub/3 halt/0
halt_error/0 halt_error/1 has/1 hypot/2 implode/0 in/1 index/1 indices/1 infinite/0 inside/1 isempty/1 isfinite/0
isinfinite/0 isnan/0 isnormal/0 iterables/0 j0/0 j1/0 jn/2 join/1 keys/0 last/0 last/1 ldexp/2 length/0 lgamma/0
limit/2 localtime/0 log/0 log10/0 log1p/0 log2/0 logb/0 ltrim/0 ltrimstr/1 map/1 map_values/1 match/1 match/2 max/0
max_by/1 min/0 min_by/1 mktime/0 modf/0 modulemeta/0 nan/0 nearbyint/0 nextafter/2 nexttoward/2 normals/0 not/0 now/0
nth/1 nth/2 nulls/0 numbers/0 objects/0 path/1 paths/0 paths/1 pick/1 pow/2 range/1 range/2 range/3 recurse/0
recurse/1 recurse/2 remainder/2 repeat/1 reverse/0 rindex/1 rint/0 round/0 rtrim/0 rtrimstr/1 scalars/0 scalb/2
scalbln/2 scan/1 scan/2 select/1 setpath/2 significand/0 sin/0 sinh/0 skip/2 sort/0 sort_by/1 split/1 split/2 splits/1
splits/2 sqrt/0 startswith/1 strflocaltime/1 strftime/1 strings/0 strptime/1 sub/2 sub/3 tan/0 tanh/0 test/1 test/2
tgamma/0 to_entries/0 toboolean/0 todate/0 todateiso8601/0 tojson/0 tonumber/0 tostream/0 tostring/0 transpose/0
trim/0 trimstr/1 trunc/0 truncate_stream/1 type/0 unique/0 unique_by/1 until/2 utf8bytelength/0 values/0 walk/1 while/2
with_entries/1 y0/0 y1/0 yn/2
"""
FUNCTIONS = frozenset((name, int(arity)) for name, _, arity in (one.partition("/") for one in _NAMES.split()))
"""Every function, with how many arguments it takes."""

_LEADING = frozenset(
    {
        *("arrays", "booleans", "empty", "error", "finites", "first", "getpath", "halt", "halt_error", "iterables"),
        *("last", "limit", "normals", "nth", "nulls", "numbers", "objects", "recurse", "repeat", "scalars", "select"),
        *("skip", "strings", "until", "values", "while"),
    }
)
"""What gives values where they stand; all others make new ones, of which nothing can be deleted."""
_OF_LAST = frozenset({("first", 1), ("last", 1), ("limit", 2), ("skip", 2), ("nth", 2)})

Arguments = Sequence[Part]


def call(name: str, arguments: Arguments) -> Part:
    """Give the call of a function that there is; one that is not done here says so when it is run."""
    key = (name, len(arguments))
    is_made = name not in _LEADING or (key in _OF_LAST and arguments[-1].is_made)
    if key in _CALLS:
        return Part(_CALLS[key](arguments), is_made=is_made)
    plain = PLAIN.get(key)
    return Part(refuse(name) if plain is None else _apply(plain, arguments), is_made=is_made)


def _apply(plain: Callable[..., Value], arguments: Arguments) -> Run:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for values in product(*(list(one.values(scene, spot)) for one in arguments)):
            scene.step()
            yield make(spot, plain(spot.value, *values))

    return run


def _map(arguments: Arguments) -> Run:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        looked = spot._replace(place=Place.ANYWHERE)
        yield make(spot, [one for each in go_each(scene, looked) for one in arguments[0].values(scene, each)])

    return run


def _with_entries(arguments: Arguments) -> Run:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        entries = [make(spot, one) for one in to_entries(spot.value)]
        changed = [one for entry in entries for one in arguments[0].values(scene, entry)]
        yield make(spot, from_entries(changed))

    return run


def _recurse(arguments: Arguments) -> Run:
    if arguments and arguments[0].is_made:
        return refuse("recurse over values that it makes")

    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        ahead = [spot]
        while ahead:
            scene.step()
            one = ahead.pop()
            yield one
            if arguments:
                ahead += reversed(list(arguments[0].run(scene, one)))
            elif isinstance(one.value, Mapping | list):
                ahead += reversed(list(go_each(scene, one)))

    return run


def _first(arguments: Arguments) -> Run:
    return lambda scene, spot: islice(arguments[0].run(scene, spot), 1)


def _limit(arguments: Arguments) -> Run:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for count in arguments[0].values(scene, spot):
            if type_of(count) != "number" or count < 0:
                raise JqError("cannot take as many")
            yield from islice(arguments[1].run(scene, spot), int(count))

    return run


def _nth(arguments: Arguments) -> Run:
    return lambda scene, spot: (go(scene, spot, one) for one in list(arguments[0].values(scene, spot)))


def _at(position: int) -> Callable[[Arguments], Run]:
    return lambda _: lambda scene, spot: iter((go(scene, spot, position),))


def _getpath(arguments: Arguments) -> Run:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for keys in arguments[0].values(scene, spot):
            if not isinstance(keys, list):
                raise JqError("no path")
            found = spot
            for key in keys:
                found = go(scene, found, key)
            yield found

    return run


def _any_or_all(wanted: bool) -> Callable[[Arguments], Run]:
    """Build `any` or `all`: the first answer of that kind ends it."""

    def build(arguments: Arguments) -> Run:
        def answers(scene: Scene, spot: Spot) -> Iterator[Value]:
            looked = spot._replace(place=Place.ANYWHERE)
            inner = arguments[0].run(scene, looked) if len(arguments) == 2 else go_each(scene, looked)
            for one in inner:
                yield from arguments[-1].values(scene, one) if arguments else (one.value,)

        def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
            yield make(spot, wanted if any(is_true(one) is wanted for one in answers(scene, spot)) else not wanted)

        return run

    return build


def _is_empty(arguments: Arguments) -> Run:
    return lambda scene, spot: iter((make(spot, next(arguments[0].values(scene, spot), _NOTHING) is _NOTHING),))


def _is_in(arguments: Arguments) -> Run:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        wanted = order_key(spot.value)
        yield make(spot, any(order_key(one) == wanted for one in arguments[0].values(scene, spot)))

    return run


def _error(arguments: Arguments) -> Run:
    def run(scene: Scene, spot: Spot) -> Iterator[Spot]:
        for one in arguments[0].values(scene, spot) if arguments else (spot.value,):
            raise JqError(to_text(one))
        yield from ()

    return run


def _only(*kinds: str) -> Callable[[Arguments], Run]:
    return lambda _: lambda _scene, spot: iter((spot,) if type_of(spot.value) in kinds else ())


_NOTHING = object()
_SCALARS = ("null", "boolean", "number", "string")
_CALLS: Mapping[tuple[str, int], Callable[[Arguments], Run]] = {
    ("select", 1): lambda arguments: select(arguments[0]),
    ("map", 1): _map,
    ("with_entries", 1): _with_entries,
    ("recurse", 0): _recurse,
    ("recurse", 1): _recurse,
    ("first", 0): _at(0),
    ("last", 0): _at(-1),
    ("first", 1): _first,
    ("limit", 2): _limit,
    ("nth", 1): _nth,
    ("getpath", 1): _getpath,
    ("isempty", 1): _is_empty,
    ("IN", 1): _is_in,
    ("empty", 0): lambda _: lambda _scene, _spot: iter(()),
    ("error", 0): _error,
    ("error", 1): _error,
    **{("any", number): _any_or_all(wanted=True) for number in range(3)},
    **{("all", number): _any_or_all(wanted=False) for number in range(3)},
    **{(f"{kind}s", 0): _only(kind) for kind in ("string", "number", "boolean", "array", "object", "null")},
    ("iterables", 0): _only("array", "object"),
    ("scalars", 0): _only(*_SCALARS),
    ("values", 0): _only("boolean", "number", "string", "array", "object"),
}


def catching(body: Part) -> Part:
    """Give a part without its errors, as `?` does."""
    return Part(lambda scene, spot: catch(body, scene, spot, lambda _: iter(())), is_made=body.is_made)
