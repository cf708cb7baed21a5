"""Organisations and components of the demo as the register would have filed them by hand."""

from collections import Counter

from core.components.rules import is_sensitive, national
from core.demo.ground import METRES
from core.demo.numbers import Numbers
from core.kernel.codes import codes
from core.kernel.crypto import Sealed
from core.kernel.database import Office
from core.kernel.identifiers import credit_code
from core.kernel.search import tokens
from core.organisations.rules import kind_problem
from core.places.rules.position import METRES as DEGREE
from core.places.rules.position import metres_outside
from tests.core.demo.conftest import Rows

COMMUNITY = "440599001001"


def test_credit_codes_are_right_and_of_a_county_that_never_was() -> None:
    numbers = Numbers()
    made = [numbers.credit(begins) for begins in ("91", "92", "12", "52") for _n in range(50)]
    assert len(set(made)) == len(made)
    assert all(credit_code(code) == code and code[2:8] == "440599" for code in made)


def test_organisations_have_codes_of_their_kind_or_a_reason(rows: Rows) -> None:
    found = rows("SELECT * FROM organisation")
    assert len(found) >= 10
    given = [row["credit_code"] for row in found if row["credit_code"]]
    assert len(set(given)) == len(given)
    for row in found:
        if row["credit_code"]:
            assert credit_code(row["credit_code"]) == row["credit_code"]
            assert kind_problem(row["kind"], row["credit_code"]) == "", row["name"]
        assert bool(row["credit_code"]) != bool(row["no_code_reason"]), row["name"]


def test_every_code_of_the_lists_is_in_its_list(rows: Rows) -> None:
    lists = {
        ("organisation", "kind"): "organisation_kind",
        ("organisation", "trade"): "trade",
        ("organisation", "state"): "organisation_state",
        ("organisation", "licence_kind"): "licence_kind",
        ("organisation", "no_code_reason"): "no_credit_code_reason",
        ("inspection", "kind"): "inspection_kind",
        ("inspection", "result"): "inspection_result",
        ("component", "state"): "component_state",
        ("component", "source"): "component_source",
        ("component", "accuracy"): "position_accuracy",
    }
    for (table, column), name in lists.items():
        found = {row[column] for row in rows(f"SELECT DISTINCT {column} FROM {table}")} - {""}
        assert found <= set(codes(name)), (table, column)


def test_organisations_stand_in_the_grid_of_their_house_and_have_their_history(rows: Rows) -> None:
    wrong = "SELECT 1 FROM organisation o JOIN house h ON h.id = o.house_id WHERE o.area <> h.area"
    assert rows(wrong + " OR o.building_id <> h.building_id") == []
    now = Counter(
        row["organisation_id"] for row in rows("SELECT organisation_id FROM premises WHERE to_on IS NULL")
    )
    shut = {row["id"] for row in rows("SELECT id FROM organisation WHERE state <> 'open'")}
    assert shut and not shut & set(now)
    assert set(now) == {row["id"] for row in rows("SELECT id FROM organisation WHERE state = 'open'")}
    assert set(now.values()) == {1}
    late = "SELECT 1 FROM organisation WHERE closed_on < opened_on OR (state = 'open') <> (closed_on IS NULL)"
    assert rows(late) == []


def test_an_industry_grid_has_organisations_of_its_community(rows: Rows) -> None:
    grids = {row["area"] for row in rows("SELECT area FROM area WHERE kind = 'industry'")}
    found = {row["industry_grid"] for row in rows("SELECT industry_grid FROM organisation")} - {""}
    assert found and found <= grids


def test_who_represents_and_works_there_is_registered_and_called_so(rows: Rows) -> None:
    joined = "JOIN person p ON p.id = {}.{} WHERE p.name <> {}.{} OR p.state <> 'here'"
    assert (
        rows(f"SELECT 1 FROM organisation o {joined.format('o', 'legal_person_id', 'o', 'legal_name')}") == []
    )
    assert rows(f"SELECT 1 FROM staff s {joined.format('s', 'person_id', 's', 'name')}") == []
    assert rows("SELECT 1 FROM organisation WHERE legal_person_id IS NOT NULL")


def test_components_stand_at_the_roads_of_their_grid_with_serials_of_their_class(rows: Rows) -> None:
    import json

    found = rows("SELECT * FROM component ORDER BY id")
    rings = {row["area"]: json.loads(row["polygon"]) for row in rows("SELECT area, polygon FROM area")}
    serials: Counter[str] = Counter()
    for row in found:
        serials[row["class_code"]] += 1
        assert row["code"] == f"440599{row['class_code']}{serials[row['class_code']]:06}"
        assert row["class_code"] in national()
        assert metres_outside(rings[row["area"]], row["lon"], row["lat"]) < 12
    assert METRES == DEGREE
    assert len(found) >= 30


def test_search_documents_are_those_the_commands_would_file(town: Office, rows: Rows) -> None:
    grids = {row["area"]: row["name"] for row in rows("SELECT area, name FROM area WHERE kind = 'general'")}
    [community] = [row["name"] for row in rows("SELECT name FROM area WHERE level = 'COMMUNITY'")]
    docs = {
        row["id"]: row for row in rows("SELECT * FROM search_doc WHERE kind IN ('organisation', 'component')")
    }
    states = codes("organisation_state")
    for row in rows("SELECT * FROM organisation"):
        phones = [
            Sealed("phone", token=row[f"{who}_phone"]) for who in ("legal", "contact") if row[f"{who}_phone"]
        ]
        left = states[row["state"]] if row["state"] != "open" else ""
        words = (row["short_name"], left, row["address"], grids[row["area"]], row["credit_code"])
        _same(docs[row["id"]], "organisation", row, row["name"], " ".join(w for w in words if w), phones)
    for row in rows("SELECT * FROM component"):
        where = [f"{community} {grids[row['area']]}"]
        if not is_sensitive(row["class_code"]):
            where += [row["code"], row["place"], row["former_code"], row["owner_name"]]
        _same(
            docs[row["id"]],
            "component",
            row,
            national()[row["class_code"]],
            " ".join(w for w in where if w),
            [],
        )


def _same(
    doc: dict[str, object], kind: str, row: dict[str, object], title: str, body: str, numbers: list[Sealed]
):
    """The document of a record says what its command would file."""
    assert (doc["kind"], doc["area"], doc["title"], doc["body"]) == (kind, row["area"], title, body)
    assert set(str(doc["tok"]).split()) == set(tokens(kind, str(row["area"]), title, body, numbers).split())
