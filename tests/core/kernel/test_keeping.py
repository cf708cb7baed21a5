"""Answers kept in memory: made once, the least used ones go first."""

from threading import Barrier, Thread

import pytest

from core.kernel.keeping import Kept


def test_a_value_is_made_once() -> None:
    kept, made = Kept(), list[int]()

    def make() -> str:
        made.append(1)
        return "tile"

    assert [kept.once("a", make, len) for _turn in range(3)] == ["tile"] * 3
    assert len(made) == 1 and kept.used == 4


def test_of_many_who_ask_at_once_one_makes_it() -> None:
    kept, made, start, got = Kept(), list[int](), Barrier(8), list[str]()

    def make() -> str:
        made.append(1)
        return "tile"

    def ask() -> None:
        start.wait()
        got.append(kept.once("a", make, len))

    threads = [Thread(target=ask) for _one in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(made), got) == (1, ["tile"] * 8)


def test_what_failed_is_tried_again() -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.once("a", lambda: 1 // 0, lambda _value: 1)
    assert kept.once("a", lambda: 7, lambda _value: 1) == 7


def test_when_room_is_short_the_least_used_go() -> None:
    kept = Kept(room=10)
    for key in "abc":
        kept.put(key, key, 4)
    assert [kept.get(key) for key in "abc"] == [None, "b", "c"]
    kept.get("b")
    kept.put("d", "d", 4)
    assert [kept.get(key) for key in "bcd"] == ["b", None, "d"]
    kept.put("b", "B", 2)
    assert kept.get("b") == "B" and kept.used == 6
    kept.clear()
    assert kept.get("b") is None and kept.used == 0


def test_one_value_may_be_larger_than_the_room() -> None:
    kept = Kept(room=10)
    kept.put("a", "a", 4)
    kept.put("b", "b", 40)
    assert kept.get("a") is None and kept.get("b") == "b"
