"""The pages around the map: looking through an area, keeping views, exploring counts."""

from typing import Any

from sqlmodel import select

from core.kernel.database import Office
from core.places.models import Building
from tests.pages.conftest import Open


def spot(office: Office) -> str:
    """Longitude and latitude of one building."""
    with office.reader.connect() as connection:
        lon, lat = connection.execute(select(Building.lon, Building.lat).limit(1)).one()
    return f"{lon},{lat}"


def said(screen: Any) -> str:
    """Everything that stands on the page in words."""
    parts = (screen.subheader, screen.caption, screen.markdown, screen.error)
    return " ".join(str(one.value) for kind in parts for one in kind)


def test_an_area_shows_how_much_is_in_it_and_one_layer_as_a_list(town: Office, open_page: Open) -> None:
    shape = f"circle:{spot(town)};300"
    screen = open_page("map_area", shape=shape)
    assert not screen.exception
    assert "半径 300 米的圆" in said(screen)
    assert "0.28 km²" in said(screen)
    listed = open_page("map_area", shape=shape, layer="houses")
    assert "各状态房屋" in said(listed)
    assert any(button.label == "生成表格" for button in listed.button)


def test_only_those_who_may_hand_lists_on(town: Office, open_page: Open) -> None:
    shape = f"circle:{spot(town)};300"
    screen = open_page("map_area", "grid_worker", shape=shape, layer="houses")
    assert not any(button.label == "生成表格" for button in screen.button)


def test_a_shape_that_cannot_be_says_why(open_page: Open) -> None:
    for shape, why in (
        ("circle:23.28,116.72;300", "颠倒"),
        ("polygon:116,23;116.1,23.1;116.1,23;116,23.1", "自相交"),
        ("road:没有的路;30", "没有名为"),
        ("grid:440599/009/", "没有"),
    ):
        screen = open_page("map_area", shape=shape)
        assert not screen.exception
        assert why in said(screen)


def test_the_nearest_are_listed_by_layer(town: Office, open_page: Open) -> None:
    screen = open_page("map_area", near=spot(town), layer="buildings")
    assert not screen.exception
    assert "最近的" in said(screen)
    assert "here" in said(open_page("map_area", near="here"))


def test_an_address_leads_to_its_surroundings(town: Office, open_page: Open) -> None:
    screen = open_page("map_area")
    screen.text_input(key="shape-words").set_value(spot(town)).run()
    assert not screen.exception
    links = {link.proto.label for link in screen.get("page_link")}
    assert {f"**{spot(town)}**", "最近的"} <= links


def test_a_view_without_a_name_is_not_kept(town: Office, open_page: Open) -> None:
    screen = open_page("map_view", at="16/23.27/116.74", on="grids")
    labels = [button.label for button in screen.button]
    assert {"保存", "生成文件"} <= set(labels)
    screen.button[labels.index("保存")].click().run()
    assert screen.error


def test_a_link_that_leads_nowhere_says_so(open_page: Open) -> None:
    screen = open_page("map", view="nobody-knows")
    assert not screen.exception
    assert "不再分享" in said(screen)


def test_the_analyst_chooses_what_is_counted(town: Office, open_page: Open) -> None:
    for form in ("", "hills", "warmth", "columns"):
        screen = open_page("map_explore", "analyst", area="440599/", what="people-ages", form=form)
        assert not screen.exception
        assert screen.get("deck_gl_json_chart")
    assert "components" not in str(screen.selectbox[1].options)
