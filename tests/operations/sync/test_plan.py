"""Whatever the division of customers among followers, ten requests stay in flight nearly to the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import pytest

from console.operations.sync.crew import READERS
from console.operations.sync.plan import MOST_TOGETHER, Chain, Count, Plan

IN_FLIGHT = 10
BIG = 20_000
SMALL = [962] * 499
DIVISIONS = {
    "even": [1000] * 500,
    "a big one first": [BIG, *SMALL],
    "a big one last": [*SMALL, BIG],
    "a big one in the middle": [*SMALL[:250], BIG, *SMALL[250:]],
    "sixteen big ones last": [*[370] * 484, *[BIG] * 16],
    "growing": [10 + 4 * place for place in range(500)],
    "thousands of small ones": [30] * 5000,
}


def rounds(sizes: Sequence[int], known: Mapping[str, int]) -> int:
    """How many round trips it takes when ten requests are answered at a time."""
    size_of = {f"u{place}": size for place, size in enumerate(sizes)}
    plan = Plan(size_of, known, READERS)
    work: list[tuple[Chain | Count, int]] = []
    seen: list[str] = []
    turns = 0
    while True:
        while len(work) < READERS and (job := plan.take()) is not None:
            if isinstance(job, Chain):
                assert len(job.userids) <= MOST_TOGETHER
                seen += job.userids
                work.append((job, ceil(sum(size_of[userid] for userid in job.userids) / 100) or 1))
            else:
                work.append((job, 1))
        if not work:
            assert sorted(seen) == sorted(size_of)
            return turns
        turns += 1
        served, waiting = work[:IN_FLIGHT], work[IN_FLIGHT:]
        for job, left in served:
            if isinstance(job, Chain) and left > 1:
                plan.page(job, 100)
                waiting.append((job, left - 1))
            elif isinstance(job, Chain):
                plan.read(job, sum(size_of[userid] for userid in job.userids))
            else:
                plan.counted(job.userid, size_of[job.userid])
        work = waiting


def least(sizes: Sequence[int]) -> int:
    """What no plan can beat: all pages ten at a time, or the longest chain."""
    return max(ceil(ceil(sum(sizes) / 100) / IN_FLIGHT), *(ceil(size / 100) for size in sizes))


@pytest.mark.parametrize("division", DIVISIONS)
def test_a_first_sync_that_knows_nothing_takes_little_more_than_the_least(division: str) -> None:
    sizes = DIVISIONS[division]

    assert rounds(sizes, {}) <= 1.13 * least(sizes)


@pytest.mark.parametrize("division", DIVISIONS)
def test_a_sync_that_knows_the_numbers_of_before_takes_hardly_more(division: str) -> None:
    sizes = DIVISIONS[division]

    assert rounds(sizes, {f"u{place}": size for place, size in enumerate(sizes)}) <= 1.04 * least(sizes)


def test_who_was_refused_the_last_time_is_asked_for_alone_and_first() -> None:
    plan = Plan(["a", "b", "c"], {"a": 1, "b": 1, "c": 1}, READERS, {"b"})

    assert plan.take() == Chain(("b",))
    assert plan.take() == Chain(("a", "c"))


def test_followers_without_customers_are_asked_for_a_hundred_at_a_time() -> None:
    plan = Plan([f"u{n}" for n in range(250)], {f"u{n}": 0 for n in range(250)}, READERS)
    taken = [plan.take() for _ in range(4)]

    assert [len(one.userids) for one in taken if isinstance(one, Chain)] == [100, 100, 50]


def test_the_time_left_counts_what_is_in_hand() -> None:
    plan = Plan(["a"], {"a": 1000}, READERS)
    chain = plan.take()
    assert isinstance(chain, Chain)
    plan.page(chain, 100)

    assert plan.requests_left == 0
    assert plan.requests_in_hand == (9, 9)
