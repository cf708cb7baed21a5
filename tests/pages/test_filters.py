"""Filters live in the address: a link sets them, a choice writes them, a reload keeps them."""

from core.kernel.database import Office
from tests.pages.conftest import Open


def test_a_choice_is_written_into_the_address(town: Office, open_page: Open) -> None:
    screen = open_page("houses")
    screen.selectbox(key="filter-state").select("vacant").run()
    assert screen.query_params["state"] == "vacant"


def test_a_link_sets_the_filter_also_on_the_page_that_is_open(town: Office, open_page: Open) -> None:
    screen = open_page("houses", state="vacant")
    assert screen.selectbox(key="filter-state").value == "vacant"
    screen.query_params["state"] = "rented"
    screen.run()
    assert screen.selectbox(key="filter-state").value == "rented"
    assert screen.query_params["state"] == "rented"


def test_a_choice_begins_at_the_first_page_again(town: Office, open_page: Open) -> None:
    screen = open_page("people", after="1~2")
    screen.selectbox(key="filter-category").select("migrant").run()
    assert "after" not in screen.query_params


def test_nonsense_in_the_address_is_no_filter(town: Office, open_page: Open) -> None:
    screen = open_page(
        "people", category="nobody", under="x/", age="old", stale="9x", after="zzz", tag="watchlist"
    )
    assert not screen.exception
    assert screen.selectbox(key="filter-category").value == ""
