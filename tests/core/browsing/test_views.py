"""Views of the map: kept by their owner, followed by whoever has the link, in what they themselves may see."""

import pytest

from core.browsing.commands import keep_choice, keep_view, remove_view, rename_view, share_view
from core.browsing.queries import my_choice, my_views, shared_view
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.problems import Invalid, Missing, Refused
from tests.conftest import NEXT_GRID
from tests.core.conftest import Hire, told

HERE = "at=15/23.28/116.72&on=grids,buildings"


def test_a_view_is_kept_renamed_shared_and_removed(office: Office, hire: Hire) -> None:
    uow, colleague = office.uow(hire("li")), office.uow(hire("wang", "grid_worker", NEXT_GRID))
    number = keep_view(uow, " 海滨路沿线 ", f"?{HERE}&view=other")
    [kept] = my_views(uow)
    assert (kept.title, kept.address, kept.token) == (
        "海滨路沿线",
        "at=15%2F23.28%2F116.72&on=grids%2Cbuildings",
        None,
    )
    rename_view(uow, number, "海滨路")
    token = share_view(uow, number, True)
    assert token and share_view(uow, number, True) == token
    assert shared_view(colleague, token).title == "海滨路"
    assert my_views(colleague) == []
    share_view(uow, number, False)
    with pytest.raises(Missing):
        shared_view(colleague, token)
    remove_view(uow, number)
    assert my_views(uow) == []
    assert {outcome for _who, outcome, about in told(office, "map.view") if about.startswith("MapView")} == {
        "done",
        "removed",
    }


def test_the_views_of_others_are_not_there(office: Office, hire: Hire) -> None:
    mine, theirs = office.uow(hire("li")), office.uow(hire("chen", "lead"))
    number = keep_view(mine, "我的", HERE)
    for change in (
        lambda: rename_view(theirs, number, "你的"),
        lambda: share_view(theirs, number, True),
        lambda: remove_view(theirs, number),
    ):
        with pytest.raises(Missing):
            change()
    with pytest.raises(Missing):
        shared_view(theirs, "")
    assert my_views(mine)[0].title == "我的"


@pytest.mark.parametrize(
    ("title", "address"), [("", HERE), ("长" * 41, HERE), ("好", "at=" + "1" * 2001), ("好", "at=%00")]
)
def test_a_view_that_cannot_be_kept_is_not(office: Office, hire: Hire, title: str, address: str) -> None:
    uow = office.uow(hire("li"))
    with pytest.raises(Invalid):
        keep_view(uow, title, address)
    assert my_views(uow) == []


def test_a_hundred_views_are_enough(office: Office, hire: Hire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.browsing.commands.views.MOST_VIEWS", 1)
    uow = office.uow(hire("li"))
    keep_view(uow, "一", HERE)
    with pytest.raises(Invalid):
        keep_view(uow, "二", HERE)


def test_the_map_is_as_it_was_left(office: Office, hire: Hire) -> None:
    uow = office.uow(hire("li"))
    assert my_choice(uow) == {}
    for choice in ({"base": "plain"}, {"base": "satellite", "on": ["grids"], "opacity": {"grids": 0.4}}):
        keep_choice(uow, choice)
        assert my_choice(uow) == choice
    assert my_choice(office.uow(hire("chen", "lead"))) == {}
    assert not [line for line in told(office, "map.view") if "MapChoice" in line[2]]
    with pytest.raises(Invalid):
        keep_choice(uow, {"on": ["x" * 5000]})


def test_who_has_no_account_or_no_map_keeps_nothing(office: Office, hire: Hire) -> None:
    for keep in (lambda who: keep_choice(who, {}), lambda who: keep_view(who, "图", HERE)):
        with pytest.raises(Refused):
            keep(office.uow(Actor("night", "job", "")))
        with pytest.raises(Refused):
            keep(office.uow(hire(f"shen{id(keep)}", "audit_admin", "440599/")))
