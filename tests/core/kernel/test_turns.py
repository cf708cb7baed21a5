"""Taking turns: first come, first served, whoever asks how often."""

from threading import Thread

import pytest

from core.kernel.turns import Turn
from tests.stores import wait_until


def test_who_came_first_is_served_first() -> None:
    turn, served = Turn(), list[int]()

    def come(number: int) -> None:
        with turn:
            served.append(number)

    guests = [Thread(target=come, args=(n,)) for n in range(20)]
    with turn:
        for number, guest in enumerate(guests, 1):
            guest.start()
            wait_until(lambda number=number: len(turn._waiting) == number)
    for guest in guests:
        guest.join()
    assert served == list(range(20))


def test_whoever_has_the_turn_may_take_it_again_and_keeps_it_until_the_last() -> None:
    turn, served = Turn(), list[str]()

    def come() -> None:
        with turn:
            served.append("other")

    with turn:
        with turn:
            other = Thread(target=come)
            other.start()
            wait_until(lambda: len(turn._waiting) == 1)
        served.append("first")
    other.join()
    assert served == ["first", "other"]


def test_a_mistake_gives_the_turn_on() -> None:
    turn = Turn()
    with pytest.raises(ZeroDivisionError), turn:
        raise ZeroDivisionError
    with turn:
        assert turn._depth == 1


def test_whoever_stops_waiting_leaves_the_queue() -> None:
    turn = Turn()
    with turn:
        other = Thread(target=turn.__enter__, daemon=True)
        other.start()
        wait_until(lambda: len(turn._waiting) == 1)
        turn._leave(turn._waiting[0])
    with turn:
        assert turn._depth == 1
