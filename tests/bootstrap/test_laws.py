"""Laws of the small pure parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trimtab.bootstrap.amounts import GIBIBYTE, count_bytes
from trimtab.bootstrap.containerd import registry_folder
from trimtab.bootstrap.etcd import _calendar, _cron


@given(st.text(max_size=40))
def test_folder_of_a_registry_stays_where_it_belongs(host: str) -> None:
    """Whatever is written as a registry's name, its folder is one plain name below `certs.d`."""
    folder = registry_folder(host)
    assert "/" not in folder
    assert not folder.startswith(".")


@given(st.integers(min_value=0, max_value=2**20))
def test_amounts_of_one_size_are_one_number(count: int) -> None:
    """1024 Mi are 1 Gi, and a plain number is itself."""
    assert count_bytes(f"{count}Gi") == count_bytes(f"{count * 1024}Mi") == count * GIBIBYTE
    assert count_bytes(str(count)) == count


@given(st.integers(min_value=1, max_value=23), st.integers(min_value=1, max_value=59))
def test_period_is_the_same_for_systemd_and_cron(hours: int, minutes: int) -> None:
    """Both begin anew each day, or each hour."""
    assert (_calendar(f"{hours}h"), _cron(f"{hours}h")) == (f"00/{hours}:00", f"0 */{hours} * * *")
    assert (_calendar(f"{minutes}m"), _cron(f"{minutes}m")) == (f"*:00/{minutes}", f"*/{minutes} * * * *")
