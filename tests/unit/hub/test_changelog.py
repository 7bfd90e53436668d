"""Numbered changes and how much of them is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reception.hub.changelog import ChangeLog, concerns
from reception.model.changes import GroupRemoved, Message, Notice


def change(n: int) -> GroupRemoved:
    return GroupRemoved(group=str(n))


@given(
    capacity=st.integers(1, 10),
    batches=st.lists(st.integers(0, 4), max_size=10),
    have=st.integers(-2, 45),
)
def test_what_was_missed_is_complete_or_nothing(capacity: int, batches: list[int], have: int) -> None:
    log = ChangeLog(capacity=capacity)
    all_of_them = []
    for size in batches:
        batch = [change(len(all_of_them) + n) for n in range(size)]
        assert [n for n, _ in log.append(batch)] == list(
            range(len(all_of_them) + 1, len(all_of_them) + 1 + size)
        )
        all_of_them += batch
    missed = log.since(have)
    total = len(all_of_them)
    assert log.upto == total
    if missed is None:
        assert have < 0 or have > total or total - have > capacity
    else:
        assert [c for _, c in missed] == all_of_them[have:]
        assert [n for n, _ in missed] == list(range(have + 1, total + 1))


def test_only_notices_with_names_are_private() -> None:
    def notice(*to: str) -> Notice:
        return Notice(id="1", to=to, at=0.0, message=Message(key="k"))

    assert concerns(change(1), "KLJ")
    assert concerns(notice(), "KLJ")
    assert concerns(notice("MBH", "KLJ"), "KLJ")
    assert not concerns(notice("MBH"), "KLJ")
