"""The people of the town as rows."""

from datetime import date

from sqlmodel import select

from core.kernel.access import job
from core.kernel.codes import codes
from core.kernel.crypto import Sealed
from core.kernel.database import Office
from core.kernel.fields import SealedText
from core.kernel.identifiers import identity_facts
from core.kernel.search import SearchDoc, tokens
from core.people.models import Person
from core.people.queries import records
from core.people.rules import inverse
from core.people.tags import DECLARED
from tests.core.demo.conftest import KEYS, Rows

LISTS = {
    "document_kind": "gat517_documents",
    "no_document_reason": "no_document_reason",
    "sex": "gbt2261_1_sex",
    "category": "person_category",
    "consistent": "gbt31000_codes:人户一致标识",
    "state": "person_state",
    "inflow_reason": "gbt31000_codes:流入原因",
    "relation": "gbt4761_family_relation",
    "verified_from": "sources",
}


def opened(kind: str, token: str | None) -> str:
    """A sealed column in plain."""
    sealed = SealedText(kind).process_result_value(token, None)  # type: ignore[arg-type]
    return sealed.open() if isinstance(sealed, Sealed) else ""


def test_numbers_fit_birth_and_sex_and_are_found_by_their_marks(town: Office, rows: Rows):
    people = rows("SELECT * FROM person")
    for person in people:
        number, phone = opened("document", person["document_no"]), opened("phone", person["phone"])
        if number:
            assert person["document_no_index"] == KEYS.index(number, "document")
            assert person["document_no_tail"] == KEYS.tail(number, "document")
        if number and person["document_kind"] == "111":
            facts = identity_facts(number)
            assert (facts.division, str(facts.birth), facts.sex) == ("440599", person["birth"], person["sex"])
        if phone:
            assert phone.startswith("199000")
            assert person["phone_index"] == KEYS.index(phone, "phone")
        assert bool(number) != bool(person["no_document_reason"])
    assert sum(bool(person["phone"]) for person in people) > len(people) / 2


def test_small_children_have_no_phone(rows: Rows):
    assert rows("SELECT 1 FROM person WHERE phone IS NOT NULL AND birth > '2015-01-01'") == []


def test_every_code_is_in_its_list(rows: Rows):
    for column, name in LISTS.items():
        found = {r[column] for r in rows(f"SELECT DISTINCT {column} FROM person")}
        assert found - {""} <= set(codes(name)), column
    assert {r["kind"] for r in rows("SELECT DISTINCT kind FROM residence")} <= set(codes("residence_kind"))
    assert {r["kind"] for r in rows("SELECT DISTINCT kind FROM household")} <= set(codes("household_kind"))


def test_people_live_where_they_are_registered_or_not_as_their_mark_says(rows: Rows):
    found = rows(
        "SELECT p.category, p.hukou_division, p.hukou_address, p.consistent, p.inflow_reason, h.address "
        "FROM person p JOIN residence r ON r.person_id = p.id AND r.to_on IS NULL "
        "JOIN house h ON h.id = r.house_id"
    )
    for row in found:
        here = row["hukou_address"] == row["address"]
        assert here == (row["consistent"] == "01")
        assert (row["category"] == "hukou") == (row["hukou_division"] == "440599")
        assert (row["category"] == "migrant") == bool(row["inflow_reason"])
    assert {row["category"] for row in found} >= {"hukou", "migrant"}


def test_parents_are_older_than_their_children_by_fifteen_years_or_more(rows: Rows):
    children = "('20', '21', '22', '23', '24', '25', '30', '31', '32', '33', '34', '35')"
    pairs = rows(
        "SELECT e.birth AS old, c.birth AS young FROM relation r JOIN person e ON e.id = r.person_id "
        f"JOIN person c ON c.id = r.other_id WHERE r.kind IN {children} UNION ALL "
        "SELECT h.birth, c.birth FROM person c JOIN household k ON k.id = c.household_id "
        f"JOIN person h ON h.id = k.head_id WHERE c.relation IN {children}"
    )
    assert len(pairs) > 20
    for pair in pairs:
        assert (date.fromisoformat(pair["young"]) - date.fromisoformat(pair["old"])).days > 15 * 365


def test_children_elsewhere_live_in_another_home(rows: Rows):
    found = rows(
        "SELECT e.household_id AS one, c.household_id AS other, e.name AS father, c.name AS child, e.sex "
        "FROM relation r JOIN person e ON e.id = r.person_id JOIN person c ON c.id = r.other_id "
        "WHERE r.kind IN ('20', '30')"
    )
    assert found
    assert all(row["one"] != row["other"] for row in found)
    assert all(row["father"][0] == row["child"][0] for row in found if row["sex"] == "1")


def test_declared_tags_are_known_and_say_who_said_so(rows: Rows):
    tags = rows("SELECT tag, source, verified_on, expires_on FROM declaredtag")
    assert tags
    assert {row["tag"] for row in tags} <= set(DECLARED)
    assert all(row["source"] for row in tags)
    assert all(row["expires_on"] > row["verified_on"] for row in tags if row["expires_on"])


def test_relations_are_known_from_both_sides(rows: Rows):
    ties = {(row["person_id"], row["other_id"]): row["kind"] for row in rows("SELECT * FROM relation")}
    sexes = {row["id"]: row["sex"] for row in rows("SELECT id, sex FROM person")}
    onward = {pair: kind for pair, kind in ties.items() if kind < "50"}
    assert all(ties[other, one] == inverse(kind, sexes[one]) for (one, other), kind in onward.items())


def test_people_are_filed_for_the_search_as_the_commands_file_them(town: Office):
    uow, filed = town.uow(job("test")), 0
    with uow.reading("person.view"):
        for person in uow.session.exec(select(Person).where(Person.state != "dead")):
            doc = uow.session.get_one(SearchDoc, person.id)
            body = records.home_text(uow, person)
            tok = tokens("person", person.area, person.name, body, (person.document_no, person.phone))
            assert (doc.area, doc.title, doc.body, doc.tok) == (person.area, person.name, body, tok)
            filed += 1
        assert filed == len(uow.session.exec(select(SearchDoc).where(SearchDoc.kind == "person")).all())
