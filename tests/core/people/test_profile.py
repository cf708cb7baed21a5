"""The profile: facts, relations, history; and the numbers of an area."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from core.kernel.access import roles
from core.kernel.problems import Refused
from core.organisations import commands as organisations
from core.people import commands, queries
from core.people.queries import of_graph
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, citizen, log, years_ago

BIRTH = years_ago(30)


def test_a_look_at_a_profile_is_written_down_once(uow_of: UowOf, someone: Someone) -> None:
    key = someone()
    for _again in range(3):
        queries.person(uow_of(login="li"), key)
        queries.tags_of(uow_of(login="li"), key)
    [line] = log(uow_of().office, "viewed")
    assert (line.who, line.about, line.area) == ("li", f"Person/{key}", GRID)


def test_a_profile_shows_every_declared_field_masked(uow_of: UowOf, someone: Someone) -> None:
    key = someone(document_no=citizen(BIRTH, 1), birth=BIRTH, phone="19900001234", marital="20")
    found = queries.person(uow_of("grid_worker", GRID), key)
    assert (found.values["phone"], found.values["marital"], found.age) == ("199****1234", None, 30)
    assert "*" in str(found.values["document_no"])
    assert queries.person(uow_of(), key).values["marital"] == "20"
    assert [name for _path, name in found.chain] == ["示例区", "海棠街道", "金湾社区", "第一网格"]


def test_the_history_says_who_changed_looked_and_saw_a_number_in_full(
    uow_of: UowOf, someone: Someone
) -> None:
    key = someone(phone="19900001234")
    commands.edit_person(
        uow_of(login="li"), key, seen=None, name="陈改名", phone="19900005678", category="migrant"
    )
    queries.person(uow_of("department", login="zhao"), key)
    commands.reveal(uow_of(login="li"), key, "phone", "电话核实")
    found = queries.trail(uow_of(), key)
    assert [(line.who, line.what) for line in found] == [
        ("li", "revealed"), ("zhao", "viewed"), ("li", "done"), ("wang", "done"),
    ]  # fmt: skip
    assert found[0].reason == "电话核实"
    assert "陈示例 → 陈改名" in found[2].changes
    assert "流动人口" in found[2].changes
    told = "".join(line.changes for line in found)
    assert "19900005678" not in told
    assert "sealed" not in told


def test_homes_and_tags_are_part_of_the_history(uow_of: UowOf, door: Door, someone: Someone) -> None:
    key = someone(house_id=door())
    commands.declare_tag(uow_of(), key, "残疾人", source="残疾人证")
    told = "".join(line.changes for line in queries.trail(uow_of(), key))
    assert "残疾人证" in told
    assert "业主" in told


def test_who_sees_no_people_reads_that_something_changed_but_not_what(
    uow_of: UowOf, someone: Someone
) -> None:
    key = someone("陈秘密", hukou_address="和平路9号")
    commands.declare_tag(uow_of(), key, "残疾人", source="残疾人证")
    told = "".join(line.changes for line in queries.trail(uow_of("audit_admin"), key))
    assert told
    assert not any(word in told for word in ("陈秘密", "和平路", "残疾"))
    with pytest.raises(Refused):
        queries.trail(uow_of("department"), key)


def test_the_graph_shows_household_relations_and_neighbours_of_the_house(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    house = door()
    members = [
        {"name": "陈家主", "birth": years_ago(45), "relation": "02", "sex": "1"},
        {"name": "林家妻", "birth": years_ago(44), "relation": "12", "sex": "2"},
    ]
    commands.enter_household(uow_of(), house, members=members)
    head = queries.find_same(uow_of(), "陈家主", years_ago(45))[0].id
    wife = queries.find_same(uow_of(), "林家妻", years_ago(44))[0].id
    lodger, mother = someone("黄房客", house_id=house), someone("林岳母", birth=years_ago(70), sex="2")
    cousin = someone("林表亲")
    commands.relate(uow_of(), wife, mother, "52")
    commands.relate(uow_of(), mother, cousin, "94")
    found = queries.graph(uow_of(), head)
    assert {node.id: node.kind for node in found.nodes} == {
        head: "self", wife: "household", lodger: "co_resident", mother: "relation",
    }  # fmt: skip
    assert found.nodes[0].id == head
    assert {(edge.source, edge.target, edge.kind) for edge in found.edges if edge.kind != "relation"} == {
        (head, wife, "household"), (head, lodger, "co_resident"),
    }  # fmt: skip
    assert "妻" in {edge.label for edge in found.edges}


def test_the_graph_ends_at_the_own_area_and_at_sixty(
    uow_of: UowOf, someone: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = someone()
    for n, area in enumerate((GRID, GRID, NEXT_GRID)):
        commands.relate(uow_of(), key, someone(f"林亲{'一二三'[n]}", area=area), "97")
    assert len(queries.graph(uow_of(), key).nodes) == 4
    assert len(queries.graph(uow_of("grid_worker", GRID), key).nodes) == 3
    monkeypatch.setattr(of_graph, "MOST_NODES", 2)
    found = queries.graph(uow_of(), key)
    assert (len(found.nodes), len(found.edges), found.more) == (2, 1, 2)


def test_the_graph_goes_one_or_two_steps_and_never_three(uow_of: UowOf, someone: Someone) -> None:
    chain = [someone(f"林{name}") for name in "甲乙丙丁戊"]
    for one, other in itertools.pairwise(chain):
        commands.relate(uow_of(), one, other, "97")
    reach = {
        depth: {node.id for node in queries.graph(uow_of(), chain[0], depth).nodes} for depth in (-1, 1, 2, 9)
    }
    assert reach == {-1: set(chain[:2]), 1: set(chain[:2]), 2: set(chain[:3]), 9: set(chain[:3])}


def test_the_graph_masks_names_for_who_may_not_read_them(
    uow_of: UowOf, someone: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = someone("林一一")
    commands.relate(uow_of(), key, someone("林二二"), "97")
    worker = roles()["grid_worker"]
    monkeypatch.setitem(roles(), "grid_worker", replace(worker, may=worker.may - {"person.names"}))
    assert {node.label for node in queries.graph(uow_of("grid_worker", GRID), key).nodes} == {"林**"}


def test_where_somebody_works_hangs_on_the_graph_as_far_as_the_role_sees_it(
    uow_of: UowOf, someone: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, friend, far = someone("林老板"), someone("林店员"), someone("林远亲")
    commands.relate(uow_of(), key, friend, "97")
    commands.relate(uow_of(), friend, far, "97")
    facts = {"kind": "trader", "no_code_reason": "stall"}
    shop, other = (
        organisations.add_organisation(uow_of(), area=GRID, name=n, **facts) for n in ("鱼丸店", "远方店")
    )
    organisations.name_representative(uow_of(), shop, key)
    organisations.add_staff(uow_of(), shop, person_id=friend, post="店员")
    organisations.add_staff(uow_of(), other, person_id=far, post="店长")
    found = queries.graph(uow_of(), key)
    assert [(thing.label, thing.href) for thing in found.things] == [("鱼丸店", f"organisation?id={shop}")]
    assert set(found.tied) == {
        (key, f"organisation/{shop}", "法定代表人"),
        (friend, f"organisation/{shop}", "店员"),
    }
    assert queries.graph(uow_of(), key, 1).tied == [(key, f"organisation/{shop}", "法定代表人")]
    clerk = roles()["clerk"]
    monkeypatch.setitem(roles(), "clerk", replace(clerk, may=clerk.may - {"organisation.view"}))
    assert queries.graph(uow_of(), key).things == []
    monkeypatch.setitem(roles(), "clerk", clerk)
    monkeypatch.setattr(of_graph, "MOST_NODES", 3)
    full = queries.graph(uow_of(), key)
    assert (len(full.nodes), len(full.things), full.more) == (3, 0, 1)


@pytest.mark.parametrize("area", [COMMUNITY, "440599/"])
def test_the_numbers_of_an_area_add_up(uow_of: UowOf, someone: Someone, area: str) -> None:
    for age in (0, 4, 5, 30, 99, 100, 107):
        someone(birth=TODAY - timedelta(days=int(age * 365.25) + 2), sex="1" if age % 2 else "2")
    someone("陈外来", category="migrant", birth=years_ago(33), area=NEXT_GRID, sex="2")
    commands.edit_person(uow_of(), someone("陈走了"), seen=None, state="away")
    found = queries.numbers(uow_of("lead", area))
    assert (found.people, found.by_category["migrant"], found.by_category["hukou"]) == (8, 1, 7)
    pyramid = {name: (men, women) for name, men, women in found.pyramid if men or women}
    assert sum(men + women for men, women in pyramid.values()) == 8
    assert pyramid["0-4"] == (0, 2)
    assert pyramid["5-9"] == (1, 0)
    assert pyramid["95-99"] == (1, 0)
    assert pyramid["100-"] == (1, 1)
    assert found.tags["老年人"] == 3
    assert queries.numbers(uow_of("lead", area), NEXT_GRID).people == 1
    assert queries.numbers(uow_of("grid_worker", NEXT_GRID)).people == 1


def test_both_ways_of_counting_ages_agree(uow_of: UowOf, someone: Someone) -> None:
    for age in range(0, 104, 8):
        someone(birth=years_ago(age), sex=str(1 + age % 3 % 2))
    assert queries.numbers(uow_of("lead", "440599/")).pyramid == queries.numbers(uow_of()).pyramid


def test_a_tag_the_role_may_not_see_is_not_counted(uow_of: UowOf, someone: Someone) -> None:
    someone(political="01")
    assert queries.numbers(uow_of(), tags=["党员"]).tags == {"党员": 1}
    assert queries.numbers(uow_of("grid_worker"), tags=["党员"]).tags == {}


def test_freshness_counts_each_grid(uow_of: UowOf, someone: Someone) -> None:
    verified = someone()
    someone()
    someone(area=NEXT_GRID)
    commands.verify_person(uow_of(), verified, "phone")
    found = [
        (line.name, line.total, line.fresh, line.stale, line.never) for line in queries.freshness(uow_of())
    ]
    assert found == [("第一网格", 2, 1, 0, 1), ("第二网格", 1, 0, 0, 1)]
    assert [line.stale for line in queries.freshness(uow_of(), days=-1)] == [1, 0]
    assert [line.area for line in queries.freshness(uow_of("grid_worker", NEXT_GRID), COMMUNITY)] == [
        NEXT_GRID
    ]


def test_the_list_of_what_waits_leads_to_the_people(uow_of: UowOf, door: Door, someone: Someone) -> None:
    someone(house_id=door())
    found = {line.kind: line for line in queries.todo(uow_of())}
    assert (found["house_unknown"].count, found["house_unknown"].page) == (1, "houses")
    assert (found["person_stale"].count, found["person_stale"].query) == (1, "stale=365&sort=verified")
    assert "tag" not in found
    assert {line.kind for line in queries.todo(uow_of("grid_worker", NEXT_GRID))} == set()
    assert {line.page for line in queries.todo(uow_of("analyst"))} <= {"houses"}
    assert queries.todo(uow_of("system_admin")) == []
