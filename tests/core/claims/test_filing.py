"""At the door: one house and nobody's full name; what is said is filed once, followed, corrected, taken back."""

from dataclasses import asdict

import pytest

from core.attachments.queries import gallery
from core.claims import commands, queries
from core.claims.forms import ClaimForm, Picture, Said
from core.kernel import files
from core.kernel.access import Actor, roles
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.labels.commands import report_lost, revoke
from tests.conftest import COMMUNITY, GRID
from tests.core.claims.conftest import NUMBER, Home
from tests.core.people.conftest import log
from tests.pictures import photo

RENTED = Said("house", values={"state": "rented"})


# --- who may not -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [r for r in roles() if r != "resident"])
def test_nobody_but_whoever_scanned_a_label_reports_at_a_door(home: Home, office: Office, role: str) -> None:
    uow = office.uow(Actor("wang", role, GRID))
    with pytest.raises(Refused):
        queries.doorway(uow, home.label_id)
    with pytest.raises(Refused):
        commands.hand_in(uow, home.label_id, ClaimForm(who="resident", items=(RENTED,)), once="12345678")


def test_another_door_is_out_of_reach_even_in_the_same_grid(home: Home, office: Office) -> None:
    other = office.uow(Actor("door/1", "resident", GRID))
    for label in (home.label_id, 1, "x"):
        with pytest.raises(Missing):
            queries.doorway(other, label)
        with pytest.raises(Missing):
            commands.hand_in(other, label, ClaimForm(who="resident", items=(RENTED,)), once="12345678")


def test_the_receipt_of_another_door_is_unknown_there(home: Home, neighbour: Home) -> None:
    code = home.say(RENTED).code
    for ask in (queries.receipt, queries.restate, queries.house_of_receipt, commands.withdraw):
        with pytest.raises(Missing):
            ask(neighbour.door, code)


def test_a_resident_sees_no_record_of_the_office(home: Home) -> None:
    from core.people.queries import occupants
    from core.places.queries import house

    for look in (lambda: house(home.door, home.house_id), lambda: occupants(home.door, home.house_id)):
        with pytest.raises(Refused):
            look()


@pytest.mark.parametrize("end", ["revoked", "lost"])
def test_a_dead_label_opens_nothing(home: Home, office: Office, end: str) -> None:
    lead = office.uow(Actor("chen", "lead", COMMUNITY))
    revoke(lead, home.house_id, "换新") if end == "revoked" else report_lost(lead, home.house_id)
    with pytest.raises(Missing):
        queries.doorway(home.door, home.label_id)
    with pytest.raises(Missing):
        home.say(RENTED)


def test_guessing_a_receipt_code_tells_nothing(home: Home, gate: UnitOfWork) -> None:
    home.say(RENTED)
    said = set()
    for guess in ("2222-2222-2222", "", "x", "' or 1=1"):
        with pytest.raises(Missing) as trouble:
            queries.receipt(gate, guess)
        said.add(trouble.value.sentence)
    assert len(said) == 1


# --- what is seen ----------------------------------------------------------------------------------------------


def test_the_doorway_shows_masked_names_and_no_number(home: Home) -> None:
    door = queries.doorway(home.door, home.label_id)
    assert (door.people, door.state) == (3, "owned")
    assert [one.name for one in door.residents] == ["林*", "周*", "小*"]
    told = str(asdict(door))
    assert "林海" not in told and "1990" not in told and "1988" not in told


def test_a_mark_of_one_door_means_nobody_at_another(home: Home, neighbour: Home) -> None:
    ref = home.mark("林")
    with pytest.raises(Invalid) as trouble:
        neighbour.say(Said("change_person", ref, {"phone": "19900000009"}))
    assert set(trouble.value.fields) == {"0.about"}


# --- the story -------------------------------------------------------------------------------------------------


def test_a_report_is_filed_with_a_receipt_and_a_line_in_the_log(
    home: Home, gate: UnitOfWork, office: Office
) -> None:
    new = {"name": "方小舟", "document_no": NUMBER, "residence": "tenant"}
    got = home.say(Said("add_person", values=new), RENTED, contact_phone="19900000011", note="晚上在家")
    told = queries.receipt(gate, got.code)
    assert (told.state, told.can_correct, len(told.parts)) == ("open", True, 2)
    assert "方小舟" not in str(asdict(told)) and NUMBER not in str(asdict(told))
    [line] = [one for one in log(office) if one.about == f"Claim/{got.claim_id}"]
    assert (line.who, line.role, line.permission) == (f"door/{home.label_id}", "resident", "claim.file")
    assert got.code.replace("-", "") not in str(line)


def test_the_same_form_twice_is_one_report(home: Home, worker: UnitOfWork) -> None:
    first, again = home.say(RENTED, once="same-form-1"), home.say(RENTED, once="same-form-1")
    assert (again.code, again.is_again, first.is_again) == (first.code, True, False)
    assert len(queries.open_of_house(worker, home.house_id)) == 1


def test_two_people_who_report_at_once_are_both_heard(home: Home, worker: UnitOfWork) -> None:
    home.say(RENTED, who="landlord")
    home.say(Said("house", values={"state": "vacant"}), who="head")
    found = queries.beside(worker, home.house_id)
    assert len(found.reports) == 2
    [row] = found.rows
    assert row.is_clash and set(row.said.values()) == {"出租", "空置"} and row.register == "自住"


def test_numbers_that_look_alike_behind_their_masks_are_told_apart(home: Home, worker: UnitOfWork) -> None:
    ref = home.mark("林")
    one = home.say(Said("change_person", ref, {"phone": "19912340001"}))
    home.say(Said("change_person", ref, {"phone": "19956780001"}))
    [row] = queries.beside(worker, home.house_id).rows
    assert row.is_clash and len(set(row.said.values())) == 2
    [line] = queries.claim(worker, one.claim_id).parts[0].fields
    assert "另一号码" in line.register and "另一号码" in line.others[0]


def test_a_report_is_corrected_while_nobody_has_decided(
    home: Home, gate: UnitOfWork, worker: UnitOfWork
) -> None:
    got = home.say(Said("add_person", values={"name": "方小", "document_no": NUMBER}))
    form = queries.restate(gate, got.code)
    assert form.items[0].values["document_no"] == ""
    better = Said("add_person", values={**form.items[0].values, "name": "方小舟"})
    commands.correct(gate, got.code, ClaimForm(who="resident", items=(better,), texts=form.texts))
    found = queries.claim(worker, got.claim_id)
    said = {line.name: line.said for line in found.parts[0].fields}
    assert said["name"] == "方小舟" and said["document_no"].endswith("7213")
    assert found.corrected_at is not None


def test_a_report_is_taken_back_and_then_closed(home: Home, gate: UnitOfWork, worker: UnitOfWork) -> None:
    got = home.say(RENTED)
    commands.withdraw(gate, got.code.lower().replace("-", " "))
    assert queries.receipt(gate, got.code).state == "withdrawn"
    assert queries.open_of_house(worker, home.house_id) == []
    with pytest.raises(Clash):
        commands.withdraw(gate, got.code)
    with pytest.raises(Clash):
        commands.correct(gate, got.code, ClaimForm(who="resident", items=(RENTED,)))


def test_the_clerk_finds_a_report_by_the_number_somebody_reads_out(home: Home, worker: UnitOfWork) -> None:
    got = home.say(RENTED)
    assert queries.number_of(worker, got.code) == got.claim_id


def test_a_picture_comes_along_as_a_sensitive_one(home: Home, worker: UnitOfWork, office: Office) -> None:
    file = files.checked(photo())
    picture = Picture(file=file, digest=files.put(office, file.data), kind="other", name="证.jpg")
    form = ClaimForm(who="resident", items=(RENTED,))
    got = commands.hand_in(home.door, home.label_id, form, once="with-picture", pictures=[picture])
    [one] = gallery(worker, "Claim", got.claim_id)
    assert one.is_sensitive and one.added_by == f"door/{home.label_id}"
    assert queries.claim(worker, got.claim_id).pictures == 1


# --- consent ---------------------------------------------------------------------------------------------------


def test_without_the_notice_nothing_is_taken(home: Home, notice: dict[str, int]) -> None:
    for texts in ((), (notice["under14"],), (1,)):
        with pytest.raises(Invalid) as trouble:
            home.say(RENTED, texts=texts)
        assert set(trouble.value.fields) == {"texts"}


def test_a_number_and_a_child_need_consents_of_their_own(
    home: Home, notice: dict[str, int], worker: UnitOfWork
) -> None:
    child = Said(
        "add_person", values={"name": "小鱼", "birth": "2020-02-02", "document_no": "440599202002020045"}
    )
    with pytest.raises(Invalid) as trouble:
        home.say(child, texts=(notice["collection"],))
    assert {"text.sensitive", "text.under14"} <= set(trouble.value.fields)
    got = home.say(Said("add_person", values={"name": "小鱼", "birth": "2020-02-02"}))
    assert len(queries.claim(worker, got.claim_id).texts) == 3


# --- bad input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ClaimForm(who="ghost", items=(RENTED,)), "who"),
        (ClaimForm(who="resident"), "items"),
        (ClaimForm(who="resident", items=(RENTED,) * 13), "items"),
        (ClaimForm(who="resident", items=(Said("nothing"), RENTED)), "items"),
        (ClaimForm(who="resident", items=(RENTED,), contact_phone="12"), "contact_phone"),
        (ClaimForm(who="resident", items=(RENTED,), note="长" * 201), "note"),
        (ClaimForm(who="resident", items=(Said("moved_out", "nobody", {"on": "2020-01-01"}),)), "0.about"),
        (ClaimForm(who="resident", items=(Said("change_person"),)), "0.about"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_filed(
    home: Home, worker: UnitOfWork, form: ClaimForm, field: str
) -> None:
    with pytest.raises(Invalid) as trouble:
        commands.hand_in(home.door, home.label_id, form, once="bad-form-1")
    assert set(trouble.value.fields) == {field}
    assert queries.open_of_house(worker, home.house_id) == []


@pytest.mark.parametrize("once", ["", "short", "x" * 81])
def test_a_form_without_its_mark_is_out_of_date(home: Home, once: str) -> None:
    with pytest.raises(Invalid):
        commands.hand_in(home.door, home.label_id, ClaimForm(who="resident", items=(RENTED,)), once=once)


def test_a_door_is_not_flooded(home: Home, office: Office) -> None:
    for _turn in range(office.settings.claim_limit):
        home.say(RENTED)
    with pytest.raises(Clash):
        home.say(RENTED)
