"""Changes of shared records: who changes at once, who proposes, who decides, and what may go wrong."""

from dataclasses import replace
from datetime import date

import pytest

from core.kernel import history, lines
from core.kernel.access import Actor, roles
from core.kernel.custom import FieldDefinition
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.rotation import sealed_columns
from core.people import commands as people_commands
from core.people import queries as people
from core.people.models import Person
from core.proposals import commands, queries
from core.proposals.queries import ProposalDetail
from tests.conftest import GRID, NEXT_GRID
from tests.core.proposals.conftest import As, log


def propose(as_: As, who: str, resident: int, reason: str = "群众来电更正", **values: object) -> list[int]:
    """Hand a form in; the numbers of the proposals."""
    return list(commands.hand_in(as_(who), "Person", resident, seen=None, reason=reason, **values).proposals)


def said(as_: As, who: str, resident: int, field: str) -> object:
    """What somebody reads in a field."""
    return people.person(as_(who), resident).values[field]


def seen(as_: As, who: str, number: int) -> ProposalDetail:
    """A proposal as somebody sees it."""
    return queries.proposal(as_(who), number)


# --- who may not -----------------------------------------------------------------------------------------------


def test_an_analyst_neither_changes_nor_proposes(as_: As, resident: int) -> None:
    with pytest.raises(Refused):
        propose(as_, "wu", resident, marital="20")


def test_a_department_changes_no_field_of_another_line_by_any_command(as_: As, resident: int) -> None:
    for who, values in (
        ("luo", {"marital": "20"}),
        ("zhao", {"workplace": "家"}),
        ("he", {"name": "林改名"}),
    ):
        uow = as_(who)
        with pytest.raises(Refused), uow.running("record.line"):
            uow.change(uow.get(Person, resident), **values)
    assert said(as_, "li", resident, "marital") == "10"


def test_a_department_neither_files_nor_removes_a_shared_record(as_: As, resident: int) -> None:
    uow = as_("zhao")
    with pytest.raises(Refused), uow.running("record.line"):
        uow.add(Person, area=GRID, name="新来", birth=date(1990, 1, 1))
    uow = as_("zhao")
    with pytest.raises(Refused), uow.running("record.line"):
        uow.remove(uow.get(Person, resident))
    assert said(as_, "li", resident, "name") == "林示例"


def test_neither_the_proposer_nor_another_line_nor_who_may_not_edit_decides(as_: As, resident: int) -> None:
    [number] = propose(as_, "zhao", resident, name="林正名")
    for who in ("zhao", "qian", "luo", "wang"):
        with pytest.raises(Refused):
            commands.decide(as_(who), number, ["name"])
    assert seen(as_, "li", number).state == "open"


def test_only_the_proposer_withdraws_and_answers(as_: As, resident: int) -> None:
    [number] = propose(as_, "zhao", resident, name="林正名")
    with pytest.raises(Refused):
        commands.withdraw(as_("qian"), number)
    with pytest.raises(Refused):
        commands.answer(as_("li"), number, "是的")


# --- the audit log ---------------------------------------------------------------------------------------------


def test_the_log_names_the_line_and_the_proposer(office: Office, as_: As, resident: int) -> None:
    commands.hand_in(as_("zhao"), "Person", resident, seen=None, marital="20")
    [number] = propose(as_, "zhao", resident, name="林正名")
    commands.decide(as_("li"), number, ["name"])
    lines = [line for line in log(office) if line.about == f"Person/{resident}"]
    assert [(line.who, line.role, line.reason) for line in lines[1:]] == [
        ("zhao", "department/civil", "民政"),
        ("li", "clerk", "赵文涛申请：群众来电更正"),
    ]
    assert lines[1].changes == {"marital": ["10", "20"]}


# --- the story -------------------------------------------------------------------------------------------------


def test_what_a_line_changes_is_seen_at_once_by_all_who_may(as_: As, resident: int) -> None:
    clerk, other_line = as_("li"), as_("luo")
    done = commands.hand_in(as_("zhao"), "Person", resident, seen=None, marital="20")
    assert (done.changed, done.proposals) == (("marital",), ())
    assert people.person(clerk, resident).values["marital"] == "20"
    assert people.person(other_line, resident).values["marital"] is None
    assert said(as_, "zhao", resident, "marital") == "20"


def test_a_change_stands_in_the_history_with_who_and_why(as_: As, resident: int) -> None:
    commands.hand_in(as_("zhao"), "Person", resident, seen=None, reason="婚姻登记名单", marital="20")
    uow = as_("li")
    with uow.reading("person.view"):
        newest = history.of(uow, uow.get(Person, resident))[0]
    assert (newest.field, newest.who, newest.reason) == ("marital", "zhao", "婚姻登记名单")


def test_one_form_changes_what_is_mine_and_proposes_the_rest(as_: As, resident: int) -> None:
    done = commands.hand_in(
        as_("zhao"), "Person", resident, seen=1, reason="婚姻登记名单", marital="20", name="林正名"
    )
    assert (done.changed, len(done.proposals)) == (("marital",), 1)
    assert said(as_, "li", resident, "name") == "林示例"
    [line] = queries.to_decide(as_("li")).items
    assert [(todo.kind, todo.count) for todo in queries.todo(as_("li"))] == [("decide", 1)]
    assert (line.title, line.fields, line.proposer_name) == ("林示例", "姓名", "赵文涛")
    assert commands.decide(as_("li"), line.id, ["name"]) == "accepted"
    assert said(as_, "zhao", resident, "name") == "林正名"
    assert seen(as_, "zhao", line.id).state == "accepted"
    assert queries.to_decide(as_("li")).items == []


def test_field_by_field_and_refused_with_a_reason(as_: As, resident: int) -> None:
    [number] = propose(as_, "he", resident, name="林正名", sex="2")
    with pytest.raises(Invalid) as refusal:
        commands.decide(as_("chen"), number, ["name"])
    assert "reason" in refusal.value.fields
    assert commands.decide(as_("chen"), number, ["name"], reason="性别与证件不符") == "partly"
    states = {row.name: row.state for row in seen(as_, "he", number).rows}
    assert states == {"name": "accepted", "sex": "refused"}
    assert (said(as_, "li", resident, "name"), said(as_, "li", resident, "sex")) == ("林正名", "1")
    [other] = propose(as_, "he", resident, sex="2")
    assert commands.decide(as_("chen"), other, [], reason="已核对证件") == "refused"


def test_a_sealed_number_stays_sealed_and_masked_on_its_way(office: Office, as_: As, resident: int) -> None:
    [number] = propose(as_, "zhao", resident, phone="19900000002")
    [row] = seen(as_, "li", number).rows
    assert (row.before, row.after) == ("199****0001", "199****0002")
    with office.reader.connect() as connection:
        kept = str(connection.exec_driver_sql("select * from proposed_field").mappings().all())
    assert "19900000002" not in kept
    assert "19900000002" not in str([line.changes for line in log(office)])
    commands.decide(as_("li"), number, ["phone"])
    assert people_commands.reveal(as_("li"), resident, "phone", "核对") == "19900000002"


def test_a_change_of_keys_takes_the_proposed_numbers_along() -> None:
    columns = {table.name: set(names) for table, names in sealed_columns().items()}
    assert columns["proposed_field"] == {"secret_before", "secret_after"}


def test_a_number_may_be_proposed_away(as_: As, resident: int) -> None:
    [number] = propose(as_, "zhao", resident, phone="-")
    commands.decide(as_("li"), number, ["phone"])
    assert said(as_, "li", resident, "phone") is None


def test_asked_back_answered_and_withdrawn(as_: As, resident: int) -> None:
    [number] = propose(as_, "zhao", resident, name="林正名")
    commands.ask_back(as_("li"), number, "有证件吗？")
    assert queries.todo(as_("li")) == []
    assert [(line.kind, line.count) for line in queries.todo(as_("zhao"))] == [("asked", 1)]
    commands.answer(as_("zhao"), number, "有，户口本第 3 页")
    found = seen(as_, "li", number)
    assert (found.state, found.question, found.answer) == ("open", "有证件吗？", "有，户口本第 3 页")
    commands.withdraw(as_("zhao"), number)
    assert queries.open_about(as_("li"), "Person", resident) == []
    with pytest.raises(Invalid):
        commands.decide(as_("li"), number, ["name"])


def test_a_line_alone_keeps_a_field_and_the_community_proposes(
    as_: As, resident: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = lines.book()
    alone = replace(known.lines["civil"], only=frozenset({"Person.marital"}))
    monkeypatch.setattr(lines, "book", lambda: replace(known, lines={**known.lines, "civil": alone}))
    with pytest.raises(Refused):
        people_commands.edit_person(as_("li"), resident, seen=None, marital="20")
    [number] = propose(as_, "li", resident, marital="20")
    with pytest.raises(Refused):
        commands.decide(as_("chen"), number, ["marital"])
    assert [line.id for line in queries.to_decide(as_("zhao")).items] == [number]
    assert commands.decide(as_("zhao"), number, ["marital"]) == "accepted"
    assert said(as_, "li", resident, "marital") == "20"


def test_a_role_that_may_not_edit_proposes_with_the_same_form(
    as_: As, resident: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = roles()["grid_worker"]
    monkeypatch.setitem(roles(), "grid_worker", replace(worker, may=worker.may - {"person.edit"}))
    [number] = propose(as_, "wang", resident, name="林正名", sex="2")
    assert commands.decide(as_("li"), number, ["name", "sex"]) == "accepted"
    assert said(as_, "wang", resident, "name") == "林正名"


# --- bad input -------------------------------------------------------------------------------------------------


def test_nothing_changed_is_nothing_to_propose(as_: As, resident: int) -> None:
    with pytest.raises(Invalid):
        propose(as_, "zhao", resident, name="林示例", phone=None, marital="10")


def test_a_proposal_needs_a_reason_and_values_that_can_be(as_: As, resident: int) -> None:
    with pytest.raises(Invalid) as refusal:
        propose(as_, "zhao", resident, reason=" ", name="林正名")
    assert "reason" in refusal.value.fields
    for values in ({"phone": "123"}, {"birth": date(2999, 1, 1)}, {"sex": "7"}, {"name": ""}):
        with pytest.raises(Invalid) as refusal:
            propose(as_, "zhao", resident, **values)
        assert set(values) == set(refusal.value.fields)
    assert queries.mine(as_("zhao")).items == []


def test_no_second_proposal_for_the_same_field(as_: As, resident: int) -> None:
    propose(as_, "zhao", resident, name="林正名")
    with pytest.raises(Clash) as refusal:
        propose(as_, "luo", resident, name="林另名")
    assert "name" in refusal.value.fields
    assert len(propose(as_, "luo", resident, sex="2")) == 1


def test_a_field_that_the_proposer_does_not_see_cannot_be_proposed(as_: As, resident: int) -> None:
    with pytest.raises(Clash):
        propose(as_, "luo", resident, marital="20")
    with pytest.raises(Clash):
        propose(as_, "zhao", resident, household_id="1")


def test_a_form_from_yesterday_clashes_and_shows_both(as_: As, resident: int) -> None:
    people_commands.edit_person(as_("li"), resident, seen=1, name="林改过")
    with pytest.raises(Clash) as clash:
        commands.hand_in(as_("zhao"), "Person", resident, seen=1, reason="更正", name="林正名")
    [difference] = clash.value.differences.values()
    assert (difference.yours, difference.theirs) == ("林正名", "林改过")


def test_what_changed_meanwhile_is_marked_and_decided_with_open_eyes(as_: As, resident: int) -> None:
    [number] = propose(as_, "zhao", resident, name="林正名")
    before = seen(as_, "li", number)
    people_commands.edit_person(as_("chen"), resident, seen=1, name="林改过")
    with pytest.raises(Clash):
        commands.decide(as_("li"), number, ["name"], seen=before.record_version)
    now = seen(as_, "li", number)
    assert (now.is_outdated, now.rows[0].now) == (True, "林改过")
    commands.decide(as_("li"), number, ["name"], seen=now.record_version)
    assert said(as_, "li", resident, "name") == "林正名"


def test_a_record_that_is_gone_or_of_another_branch_is_not_there(
    office: Office, as_: As, resident: int
) -> None:
    with pytest.raises(Missing):
        propose(as_, "zhao", 1, name="林正名")
    with pytest.raises(Missing):
        commands.hand_in(
            office.uow(Actor("g2", "grid_worker", NEXT_GRID)), "Person", resident, seen=None, name="林正名"
        )


def test_a_removed_record_leaves_its_proposals_outdated(as_: As, resident: int) -> None:
    [number] = propose(as_, "zhao", resident, name="林正名")
    uow = as_("li")
    with uow.running("person.edit"):
        uow.remove(uow.get(Person, resident))
    found = seen(as_, "li", number)
    assert (found.title, found.record_version, found.is_outdated) == ("已不存在的记录", None, True)
    assert commands.decide(as_("li"), number, ["name"]) == "outdated"


def test_a_field_of_the_office_that_ended_cannot_be_accepted(office: Office, as_: As, resident: int) -> None:
    uow = as_("chen")
    with uow.running("area.edit"):
        made = uow.add(
            FieldDefinition, area="440599/001/001/", of="Person", key="x_band", label="乐队", line="labour"
        )
        key = made.id
    [number] = propose(as_, "li", resident, x_band="海浪")
    uow = as_("chen")
    with uow.running("area.edit"):
        uow.change(uow.get(FieldDefinition, key), ended_on=date.today())
    assert seen(as_, "luo", number).rows[0].is_gone
    with pytest.raises(Clash):
        commands.decide(as_("luo"), number, ["x_band"])
    assert commands.decide(as_("luo"), number, [], reason="字段已停用") == "refused"


def test_a_grid_worker_of_the_next_grid_sees_no_proposal(office: Office, as_: As, resident: int) -> None:
    [number] = propose(as_, "zhao", resident, name="林正名")
    with pytest.raises(Missing):
        queries.proposal(office.uow(Actor("g2", "grid_worker", NEXT_GRID)), number)


def test_what_is_not_shared_is_refused(as_: As) -> None:
    with pytest.raises(Invalid):
        commands.hand_in(as_("zhao"), "Account", 1, seen=None, reason="更正", name="x")
