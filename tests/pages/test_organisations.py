"""What the pages of organisations and components let people do: file, move, close, count, and hide a place."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.components.commands import add_component
from core.components.models import Component
from core.demo.numbers import Numbers
from core.kernel import sheets
from core.kernel.access import Actor
from core.kernel.database import Office
from core.organisations.models import Organisation, Premises
from core.organisations.queries import organisation, premises_of
from core.places.models import House
from core.ui import widgets
from tests.conftest import COMMUNITY, GRID
from tests.pages.conftest import Open
from tests.pages.test_forms import field, said, save


def rows(office: Office, kind: Any, *where: Any) -> list[Any]:
    """Records of a kind, past the unit of work."""
    with office.reader.connect() as connection:
        return [dict(row) for row in connection.execute(select(kind).where(*where)).mappings()]


def fresh_code() -> str:
    """A credit code that the demo has not given out."""
    numbers = Numbers()
    return [numbers.credit("91") for _n in range(5000)][-1]


def link_labels(screen: AppTest) -> list[str]:
    """The labels of the links of a page."""
    return [one.proto.label for one in screen.get("page_link")]


def tables(screen: AppTest) -> str:
    """Everything the tables of a page say."""
    return "".join(str(json.loads(one.proto.json)) for one in screen.get("bidi_component"))


def test_a_wrong_credit_code_is_told_at_the_field_and_nothing_is_lost(town: Office, open_page: Open) -> None:
    before = len(rows(town, Organisation))
    shop = rows(town, House, House.area == GRID)[0]
    screen = open_page("organisation_edit", house=str(shop["id"]))
    right = fresh_code()
    field(screen, "机构名称").input("示例区试验商行")
    field(screen, "统一社会信用代码").input(right[:17] + ("A" if right[17] != "A" else "B"))
    screen = save(screen)
    assert f"“{right[17]}”" in said(screen)
    assert field(screen, "机构名称").value == "示例区试验商行"
    assert len(rows(town, Organisation)) == before
    field(screen, "统一社会信用代码").input(right)
    screen = save(screen)
    assert not screen.exception and not screen.error
    [made] = rows(town, Organisation, Organisation.credit_code == right)
    assert (made["house_id"], made["kind"], made["area"]) == (shop["id"], "company", GRID)


def test_a_code_that_is_there_leads_to_its_organisation(town: Office, open_page: Open) -> None:
    there = next(row for row in rows(town, Organisation) if row["credit_code"])
    screen = open_page("organisation_edit", house=str(there["house_id"]))
    field(screen, "机构名称").input("另一家")
    field(screen, "统一社会信用代码").input(there["credit_code"])
    screen = save(screen)
    assert "已登记" in screen.error[0].value
    assert "打开该机构" in link_labels(screen)


def test_an_organisation_moves_on_its_own_page(town: Office, open_page: Open) -> None:
    one = next(row for row in rows(town, Organisation) if row["state"] == "open")
    target = next(row for row in rows(town, House, House.area == GRID) if row["id"] != one["house_id"])
    screen = open_page("organisation_edit", id=str(one["id"]), moves="1", house=str(target["id"]))
    screen = next(button for button in screen.button if button.label == "确认迁址").click().run()
    assert not screen.exception and not screen.error
    uow = town.uow(Actor("li", "clerk", COMMUNITY))
    assert organisation(uow, one["id"]).house_id == target["id"]
    assert [line.house_id for line in premises_of(uow, one["id"])][:2] == [target["id"], one["house_id"]]


def test_an_organisation_closes_and_the_page_says_so(town: Office, open_page: Open) -> None:
    one = next(row for row in rows(town, Organisation) if row["state"] == "open")
    screen = open_page("organisation", id=str(one["id"]))
    screen = next(button for button in screen.button if button.label == "确认停业").click().run()
    assert not screen.exception
    assert rows(town, Organisation, Organisation.id == one["id"])[0]["state"] == "closed"
    assert "确认恢复" in [button.label for button in screen.button]


def test_a_component_needs_a_class_and_a_place_that_can_be(town: Office, open_page: Open) -> None:
    before = len(rows(town, Component))
    screen = save(open_page("component_edit"))
    assert "小类" in screen.error[0].value
    screen = open_page("component_edit", **{"class": "04007"})
    for name, value in (("经度", 23.27), ("纬度", 116.74)):
        next(box for box in screen.number_input if box.label == name).set_value(value)
    screen = save(screen)
    assert "颠倒" in said(screen)
    assert len(rows(town, Component)) == before


@pytest.mark.parametrize(("metres", "accuracy", "told"), [(8, "C", "误差约 8 米"), (35, "", "开阔处")])
def test_one_tap_on_a_phone_fills_in_the_position(
    town: Office,
    open_page: Open,
    monkeypatch: pytest.MonkeyPatch,
    metres: int,
    accuracy: str,
    told: str,
) -> None:
    there = next(row for row in rows(town, Component, Component.area == GRID) if row["lon"])
    lon, lat = there["lon"], there["lat"]

    def phone(*, key: str, data: dict[str, str], on_place_change: Callable[[], None]) -> None:
        st.session_state[key] = SimpleNamespace(place=f"{lon},{lat}±{metres}")
        st.button(data["label"], key=f"{key}-tap", on_click=on_place_change)

    monkeypatch.setattr(widgets, "_LOCATE", phone)
    before = {row["id"] for row in rows(town, Component)}
    screen = open_page("component_edit", "grid_worker", area=GRID, **{"class": "04007"})
    screen = next(button for button in screen.button if button.label == "使用当前位置").click().run()
    assert [box.value for box in screen.number_input] == [lon, lat]
    assert told in said(screen) + "".join(h.proto.body for h in screen.get("html"))
    save(screen)
    [made] = [row for row in rows(town, Component) if row["id"] not in before]
    assert (made["lon"], made["lat"], made["accuracy"], made["area"]) == (lon, lat, accuracy, GRID)


def test_a_clerk_reads_that_a_place_is_withheld(town: Office, open_page: Open) -> None:
    gas = rows(town, Component, Component.class_code.in_(["01001", "01005", "01007", "01011"]))[0]  # type: ignore[attr-defined]
    secrets = (str(gas["lon"]), gas["code"], gas["place"])
    screen = open_page("component", "clerk", id=str(gas["id"]))
    told = said(screen) + "".join(h.proto.body for h in screen.get("html"))
    assert "保密" in told and not any(secret in told for secret in secrets)
    screen = open_page("component", "lead", id=str(gas["id"]))
    told = "".join(h.proto.body for h in screen.get("html"))
    assert all(secret in told for secret in secrets)


def test_an_administrator_adds_a_class_of_the_office(town: Office, open_page: Open) -> None:
    screen = open_page("component_classes", "system_admin", area="440599/")
    field(screen, "类别名称").input("共享雨伞架")
    screen = next(button for button in screen.button if button.label == "添加").click().run()
    assert not screen.exception and not screen.error
    assert "共享雨伞架 `01999`" in said(screen)
    assert "添加" not in [button.label for button in open_page("component_classes", "clerk").button]


def test_an_analyst_sees_counts_without_ways_to_the_rows(town: Office, open_page: Open) -> None:
    screen = open_page("grid", "analyst", area=COMMUNITY)
    assert not screen.exception and not screen.error
    assert open_page("organisations", "analyst").error
    assert open_page("components", "analyst").error


def test_a_house_shows_its_organisations_and_components_to_those_who_may_see_them(
    town: Office, open_page: Open
) -> None:
    shop = next(row for row in rows(town, Premises) if row["to_on"] is None)
    uow = town.uow(Actor("lin", "lead", COMMUNITY))
    add_component(uow, "04007", house_id=shop["house_id"], owner_name="试验单位")
    screen = open_page("house", id=str(shop["house_id"]))
    assert {"在此经营的机构", "此处的部件"} <= {head.value.partition(" ")[2] for head in screen.subheader}
    assert shop["name"] in tables(screen) and "试验单位" in tables(screen)
    assert "在此新增机构" in link_labels(screen)
    screen = open_page("house", "department", id=str(shop["house_id"]))
    assert shop["name"] in tables(screen) and "在此新增机构" not in link_labels(screen)


def test_a_list_of_components_is_looked_at_and_taken_in(town: Office, open_page: Open) -> None:
    lines = [("街头座椅", "第一网格", "试验单位"), ("飞船", "第一网格", ""), ("街头座椅", "月球", "")]
    data = sheets.write(sheets.EXCEL, ("GLBJMC", "网格", "QSDWMC"), lines)
    before = {row["id"] for row in rows(town, Component)}
    screen = open_page("component_import")
    screen.get("file_uploader")[0].set_value([("部件.xlsx", data, "application/octet-stream")])
    screen.run()
    assert not screen.exception and not screen.error
    assert all(word in tables(screen) for word in ("飞船", "月球"))
    assert screen.get("download_button")[-1].proto.label == "下载不能导入的行"
    next(button for button in screen.button if "导入 1 行" in button.label).click()
    screen.run()
    assert not screen.exception and not screen.error
    [made] = [row for row in rows(town, Component) if row["id"] not in before]
    assert (made["owner_name"], made["area"]) == ("试验单位", GRID)
    assert not [button for button in screen.button if "导入" in button.label]


def test_who_only_looks_takes_no_list_in(open_page: Open) -> None:
    assert not open_page("component_import", "department").get("file_uploader")
    assert "导入部件" not in link_labels(open_page("components", "department"))
    assert "导入部件" in link_labels(open_page("components"))
