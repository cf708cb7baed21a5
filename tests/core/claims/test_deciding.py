"""In the office: beside the register field by field, accepted by the ordinary commands, refused with a reason, undone."""

from datetime import date, timedelta

import pytest

from core.claims import commands, queries
from core.claims.commands.deciding import erase_claim
from core.claims.forms import Said
from core.claims.queries import ClaimFilter
from core.claims.queries.over import long_decided
from core.kernel.access import Actor, job, roles
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.queries import of_house, organisation
from core.people import commands as people
from core.people.queries import person, person_freshness, person_history
from core.places.models import House
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.claims.conftest import NUMBER, Home, fields, living, now
from tests.core.people.conftest import log

CODE = "91440500MA4UKQ3X0R"


def reason(uow: UnitOfWork, claim_id: int) -> str:
    """What the reporter reads."""
    return queries.claim(uow, claim_id).why


# --- who may not -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [r for r, one in roles().items() if "claim.handle" not in one.may])
def test_who_may_not_verify_is_refused_and_it_is_written_down(
    home: Home, office: Office, worker: UnitOfWork, role: str
) -> None:
    got = home.say(Said("nothing"))
    with pytest.raises(Refused):
        commands.decide(office.uow(Actor("x", role, COMMUNITY)), got.claim_id, [])
    assert log(office, "refused")[-1].permission == "claim.handle"
    assert queries.claim(worker, got.claim_id).state == "open"


def test_another_grids_worker_sees_no_report_of_this_one(home: Home, office: Office) -> None:
    got = home.say(Said("nothing"))
    other = office.uow(Actor("sun", "grid_worker", NEXT_GRID))
    for ask in (queries.claim, commands.ask_visit):
        with pytest.raises(Missing):
            ask(other, got.claim_id)
    with pytest.raises(Missing):
        queries.beside(other, home.house_id)
    assert queries.claims(other, ClaimFilter()).items == []
    assert queries.todo(other) == []


def test_a_look_at_a_report_is_written_down(home: Home, worker: UnitOfWork, office: Office) -> None:
    got = home.say(Said("nothing"))
    queries.claim(worker, got.claim_id)
    assert [one.who for one in log(office, "viewed") if one.about == f"Claim/{got.claim_id}"] == ["wang"]


# --- the story -------------------------------------------------------------------------------------------------


def test_no_change_verifies_the_house_and_who_lives_there(
    home: Home, worker: UnitOfWork, office: Office
) -> None:
    got = home.say(Said("nothing"))
    assert commands.confirm_all(worker, [got.claim_id, got.claim_id]) == 1
    house = now(worker, home)
    assert (house.verified_from, house.verified_by) == ("self_report", "wang")
    lin = living(worker, home)["林海"]
    look = person_freshness(worker, lin.person_id)["home"]
    assert look is not None and look.source == "self_report"


def test_details_are_accepted_with_their_source_and_the_way_back(
    home: Home, worker: UnitOfWork, gate: UnitOfWork
) -> None:
    got = home.say(Said("change_person", home.mark("周"), {"phone": "19900000022", "name": "周小敏"}))
    phone = fields(worker, got.claim_id, "phone")
    with pytest.raises(Invalid):
        commands.decide(worker, got.claim_id, phone)
    state = commands.decide(worker, got.claim_id, phone, reason="姓名以证件为准")
    zhou = living(worker, home)["周敏"]
    assert (state, zhou.phone) == ("partly", "199****0022")
    look = person_freshness(worker, zhou.person_id)["phone"]
    assert look is not None and (look.source, look.by) == ("self_report", "wang")
    assert any(str(got.claim_id) in line.reason for line in person_history(worker, zhou.person_id).changes)
    told = queries.receipt(gate, got.code)
    assert {line.name: line.state for line in told.parts[0].lines} == {"phone": "accepted", "name": "refused"}
    assert told.why == "姓名以证件为准" and not told.can_correct


def test_a_tenant_is_filed_with_a_household_of_their_own(home: Home, worker: UnitOfWork) -> None:
    new = {"name": "方小舟", "document_no": NUMBER, "residence": "tenant", "from_on": "2026-01-05"}
    got = home.say(Said("add_person", values=new), Said("house", values={"state": "rented"}))
    assert commands.decide(worker, got.claim_id, fields(worker, got.claim_id)) == "accepted"
    fang = living(worker, home)["方小舟"]
    found = person(worker, fang.person_id)
    assert (fang.kind, fang.from_on, fang.relation) == ("tenant", date(2026, 1, 5), "02")
    assert (found.verified_from, found.verified_by) == ("self_report", "wang")
    assert now(worker, home).state == "rented"


def test_a_child_joins_the_household_it_belongs_to(home: Home, worker: UnitOfWork) -> None:
    got = home.say(Said("add_person", values={"name": "小鱼", "birth": "2024-02-02", "relation": "30"}))
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    found = living(worker, home)
    assert found["小鱼"].household_id == found["林海"].household_id


def test_somebody_registered_elsewhere_moves_in_and_is_not_filed_twice(
    home: Home, worker: UnitOfWork, office: Office
) -> None:
    known = people.add_person(worker, area=GRID, name="方小舟", document_no=NUMBER)
    got = home.say(
        Said("add_person", values={"name": "方小舟", "document_no": NUMBER, "residence": "tenant"})
    )
    [part] = queries.claim(worker, got.claim_id).parts
    assert [one.person_id for one in part.candidates] == [known]
    with pytest.raises(Clash):
        commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id), more={0: {"person_id": str(known)}})
    assert living(worker, home)["方小舟"].person_id == known


def test_the_head_moves_out_and_another_one_takes_over(home: Home, worker: UnitOfWork) -> None:
    got = home.say(Said("moved_out", home.mark("林"), {"on": "2026-02-01", "where": "省城"}))
    [part] = queries.claim(worker, got.claim_id).parts
    zhou = living(worker, home)["周敏"].person_id
    assert zhou in [one.person_id for one in part.heads]
    with pytest.raises(Invalid):
        commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id), more={0: {"head_id": str(zhou)}})
    assert set(living(worker, home)) == {"周敏", "小海"} and living(worker, home)["周敏"].relation == "02"


def test_somebody_not_on_the_list_moved_out_and_the_office_says_who(home: Home, worker: UnitOfWork) -> None:
    got = home.say(Said("moved_out", values={"name": "小海", "on": "2026-02-01"}), who="head")
    [part] = queries.claim(worker, got.claim_id).parts
    assert [one.name for one in part.candidates] == ["小海"]
    with pytest.raises(Invalid):
        commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    who = {0: {"person_id": part.candidates[0].person_id}}
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id), more=who)
    assert "小海" not in living(worker, home)


def test_a_house_with_people_in_it_is_not_vacant(home: Home, worker: UnitOfWork) -> None:
    got = home.say(Said("house", values={"state": "vacant"}), who="landlord")
    with pytest.raises(Invalid):
        commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    assert now(worker, home).state == "owned" and queries.claim(worker, got.claim_id).state == "open"


def test_a_company_reports_its_staff_and_licence(home: Home, worker: UnitOfWork, gate: UnitOfWork) -> None:
    facts = {"name": "海风便利店", "credit_code": CODE, "employees": "6", "contact_phone": "19900000033"}
    got = home.say(Said("organisation", values=facts), who="company")
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    [firm] = of_house(worker, home.house_id)
    found = organisation(worker, firm.organisation_id or 0)
    assert (found.name, found.values["employees"], found.verified_from) == ("海风便利店", 6, "self_report")
    [mark] = queries.doorway(home.door, home.label_id).organisations
    later = home.say(
        Said("organisation", mark.ref, {"state": "closed", "closed_on": "2026-03-01"}), who="company"
    )
    commands.decide(worker, later.claim_id, fields(worker, later.claim_id))
    assert organisation(worker, firm.organisation_id or 0).state == "closed"


def test_a_stall_without_a_code_gets_its_kind_from_the_office(home: Home, worker: UnitOfWork) -> None:
    got = home.say(Said("organisation", values={"name": "早餐摊", "no_code_reason": "stall"}), who="company")
    assert queries.claim(worker, got.claim_id).parts[0].wants_kind
    with pytest.raises(Invalid):
        commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id), more={0: {"kind": "trader"}})
    assert of_house(worker, home.house_id)[0].name == "早餐摊"


def test_a_message_is_read_and_answered(home: Home, worker: UnitOfWork, gate: UnitOfWork) -> None:
    got = home.say(note="楼道灯坏了")
    commands.read(worker, got.claim_id, "已报修")
    assert (queries.receipt(gate, got.code).state, queries.receipt(gate, got.code).why) == (
        "accepted",
        "已报修",
    )


def test_a_visit_is_asked_for_and_stands_on_the_list(
    home: Home, worker: UnitOfWork, gate: UnitOfWork
) -> None:
    got = home.say(Said("house", values={"state": "rented"}))
    commands.ask_visit(worker, got.claim_id, "看看合同")
    [one] = queries.visits_wanted(worker)[home.house_id]
    assert (one.claim_id, one.note) == (got.claim_id, "看看合同")
    assert queries.receipt(gate, got.code).state == "visit"
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    assert queries.visits_wanted(worker) == {}


def test_a_refusal_needs_a_reason_and_can_be_thought_over(home: Home, worker: UnitOfWork) -> None:
    got = home.say(Said("house", values={"state": "rented"}))
    with pytest.raises(Invalid):
        commands.decide(worker, got.claim_id, [])
    assert commands.decide(worker, got.claim_id, [], reason="合同未备案") == "refused"
    with pytest.raises(Clash):
        commands.decide(worker, got.claim_id, [], reason="再来一次")
    commands.reopen(worker, got.claim_id)
    assert commands.decide(worker, got.claim_id, fields(worker, got.claim_id)) == "accepted"


def test_what_was_accepted_is_taken_back_as_one(home: Home, worker: UnitOfWork, gate: UnitOfWork) -> None:
    before = living(worker, home), now(worker, home).state
    got = home.say(
        Said("add_person", values={"name": "方小舟", "document_no": NUMBER}),
        Said("change_person", home.mark("周"), {"phone": "19900000022", "residence": "family"}),
        Said("house", values={"state": "rented"}),
    )
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    assert queries.claim(worker, got.claim_id).can_undo
    commands.undo(worker, got.claim_id)
    assert (living(worker, home), now(worker, home).state) == before
    assert queries.receipt(gate, got.code).state == "open"
    with pytest.raises(Invalid):
        commands.undo(worker, got.claim_id)


# --- the register moves on -------------------------------------------------------------------------------------


def test_the_register_changed_meanwhile_so_look_again(home: Home, worker: UnitOfWork) -> None:
    got = home.say(Said("change_person", home.mark("周"), {"phone": "19900000022"}))
    on_screen = queries.claim(worker, got.claim_id)
    people.edit_person(worker, living(worker, home)["周敏"].person_id, seen=None, phone="19912345678")
    with pytest.raises(Clash):
        commands.decide(worker, got.claim_id, fields(worker, got.claim_id), seen=on_screen.seen)
    fresh = queries.claim(worker, got.claim_id)
    assert fresh.parts[0].fields[0].register == "199****5678"
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id), seen=fresh.seen)


def test_what_the_register_says_already_is_verified_not_changed(home: Home, worker: UnitOfWork) -> None:
    got = home.say(Said("change_person", home.mark("林"), {"phone": "19900000001"}))
    assert queries.claim(worker, got.claim_id).parts[0].fields[0].is_same
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    look = person_freshness(worker, living(worker, home)["林海"].person_id)["phone"]
    assert look is not None and look.source == "self_report"


def test_two_records_that_became_one_are_still_found(home: Home, worker: UnitOfWork, office: Office) -> None:
    got = home.say(Said("change_person", home.mark("周"), {"phone": "19900000022"}))
    clerk = office.uow(Actor("li", "clerk", COMMUNITY))
    twin = people.add_person(clerk, area=GRID, name="周敏", birth=date(1990, 5, 2))
    people.merge_people(clerk, twin, living(worker, home)["周敏"].person_id, reason="同一人")
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    assert person(worker, twin).values["phone"] == "199****0022"


# --- lists -----------------------------------------------------------------------------------------------------


def test_the_queue_has_urgent_ones_first_and_counts_what_waits(
    home: Home, worker: UnitOfWork, office: Office
) -> None:
    calm = home.say(Said("house", values={"state": "rented"}))
    child = home.say(
        Said("add_person", values={"name": "小鱼", "birth": str(date.today() - timedelta(days=900))})
    )
    lines = queries.claims(worker, ClaimFilter()).items
    assert [one.id for one in lines] == [child.claim_id, calm.claim_id]
    assert lines[0].is_urgent and lines[0].others == 1 and lines[0].urgency == "soon"
    assert queries.numbers(worker) == {"open": 2, "urgent": 1, "late": 0, "visit": 0}
    assert {one.kind: one.count for one in queries.todo(worker)} == {"claim_urgent": 1, "claim_open": 2}
    assert [one.id for one in queries.claims(worker, ClaimFilter(what="house")).items] == [calm.claim_id]


@pytest.mark.parametrize("order", ["", "place"])
def test_pages_follow_one_another_without_gap_or_repeat(home: Home, worker: UnitOfWork, order: str) -> None:
    made = {home.say(Said("house", values={"state": "rented"})).claim_id for _turn in range(5)}
    seen: list[int] = []
    start: str | None = None
    for _page in range(5):
        page = queries.claims(worker, ClaimFilter(order=order), start=start, limit=2)
        seen += [one.id for one in page.items]
        if (start := page.after) is None:
            break
    assert sorted(seen) == sorted(made)


def test_done_ones_are_looked_up_the_newest_first(home: Home, worker: UnitOfWork) -> None:
    made = [home.say(Said("nothing")).claim_id for _turn in range(3)]
    commands.confirm_all(worker, made)
    page = queries.claims(worker, ClaimFilter(state="done"), limit=2)
    rest = queries.claims(worker, ClaimFilter(state="done"), start=page.after)
    assert [one.id for one in (*page.items, *rest.items)] == made[::-1]


# --- numbers, and the end --------------------------------------------------------------------------------------


def test_the_phone_of_the_reporter_is_shown_for_a_reason(
    home: Home, worker: UnitOfWork, office: Office
) -> None:
    got = home.say(Said("nothing"), contact_phone="19900000044")
    assert queries.claim(worker, got.claim_id).contact_phone == "199****0044"
    assert commands.reveal(worker, got.claim_id, "contact_phone", "回电核实") == "19900000044"
    assert log(office, "revealed")[-1].reason == "回电核实"
    with pytest.raises(Invalid):
        commands.reveal(worker, got.claim_id, "receipt", "回电核实")


def test_a_report_is_forgotten_with_all_it_said(home: Home, worker: UnitOfWork, office: Office) -> None:
    got = home.say(Said("change_person", home.mark("周"), {"phone": "19900000022"}))
    commands.decide(worker, got.claim_id, fields(worker, got.claim_id))
    erase_claim(office.uow(job("night")), got.claim_id)
    with pytest.raises(Missing):
        queries.claim(worker, got.claim_id)
    assert living(worker, home)["周敏"].phone == "199****0022"


def test_only_decided_ones_grow_old(home: Home, worker: UnitOfWork, office: Office) -> None:
    done, _open = home.say(Said("nothing")), home.say(Said("nothing"))
    commands.confirm_all(worker, [done.claim_id])
    night = office.uow(job("night"))
    with night.reading("retention.view"):
        due = long_decided(night, date.today() + timedelta(days=2), 10)
        early = long_decided(night, date.today() - timedelta(days=2), 10)
    assert [one.record_id for one in due] == [done.claim_id] and early == []


def test_a_report_of_a_house_that_was_closed_meanwhile_is_out_of_date(
    home: Home, worker: UnitOfWork, gate: UnitOfWork
) -> None:
    got = home.say(Said("house", values={"state": "rented"}))
    with worker.running("house.edit"):
        house = worker.get(House, home.house_id)
        house.state, house.closed_on = "closed", date.today()
    assert queries.claim(worker, got.claim_id).is_closed
    assert commands.decide(worker, got.claim_id, [], reason="房屋已注销") == "outdated"
    assert queries.receipt(gate, got.code).parts[0].state == "outdated"
