"""What is asked for against what there is."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trimtab.capacity.balance import Asked, Balance, plan_balance
from trimtab.capacity.check import check_balance
from trimtab.capacity.requested import Amount, Requested
from trimtab.capacity.table import describe_balance, render_balance
from trimtab.plan.offers import StorageClass
from trimtab.plan.storage import Claim, Supply

GIB = 1024**3


def balance(*claims: Claim, raw: int = 30 * GIB, factor: float = 3) -> Balance:
    """Set claims against the disks of one Ceph, whose class is the default one."""
    ceph = StorageClass(
        by="rook-cluster", name="block", default=True, supply=Supply(disks="Ceph", raw=raw, factor=factor)
    )
    local = StorageClass(by="local-path", name="local")
    return plan_balance(
        "lab",
        nodes=(),
        classes=[ceph, local],
        claims=[Asked(application="shop", what=claim) for claim in claims],
        requests=[],
    )


def codes(found: Balance) -> list[str]:
    """Give the codes of all that does not fit."""
    return [shortage.code for shortage in check_balance(found)]


def test_claims_count_with_every_copy() -> None:
    """9 GiB three times are more than 85 per cent of 30 GiB; 8 GiB are not."""
    assert codes(balance(Claim(name="a", size="3Gi", count=3))) == ["claims-exceed-disks"]
    assert not codes(balance(Claim(name="a", size="2Gi", count=4)))


def test_one_claim_that_no_disk_can_serve_is_an_error_of_its_own() -> None:
    """It would never be whole, whatever else is there."""
    assert codes(balance(Claim(name="a", size="11Gi"))) == ["claim-larger-than-disks"]


def test_volumes_of_unknown_make_are_listed_and_not_judged() -> None:
    """Nobody said what local disks hold."""
    found = balance(Claim(name="a", size="99Ti", storage_class="local"))
    assert not codes(found)
    assert [one.asked.what.name for one in found.elsewhere] == ["a"]


def test_chunks_take_less_than_copies() -> None:
    """Two chunks and one to mend them take half as much again."""
    (disks,) = balance(Claim(name="a", size="10Gi"), factor=1.5).disks
    assert disks.taken == 15 * GIB


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6), st.integers(1, 400))
def test_more_disk_never_makes_a_shortage(sizes: list[int], raw: int) -> None:
    """What fits on some disks fits on more."""
    claims = [Claim(name=str(number), size=f"{size}Gi") for number, size in enumerate(sizes)]
    if not codes(balance(*claims, raw=raw * GIB)):
        assert not codes(balance(*claims, raw=(raw + 1) * GIB))


def test_everything_asked_for_is_in_the_table_and_in_the_data() -> None:
    """By application and name, in words and in bytes."""
    found = balance(Claim(name="orders", size="2Gi"))
    assert "orders" in render_balance(found)
    assert describe_balance(found)["disks"][0]["volumes"][0]["onDisks"] == 6 * GIB


def test_pods_that_ask_for_more_than_there_is_are_found() -> None:
    """Only where every machine says what it has."""
    asked = Asked(application="a", what=Requested(name="p", each=Amount(memory=Decimal(2 * GIB)), count=1))
    nothing_said = plan_balance("lab", nodes=(), classes=[], claims=[], requests=[asked])
    assert not codes(nothing_said)
