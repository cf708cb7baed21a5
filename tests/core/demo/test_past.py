"""The past of the demo: it leads to what the register says today, and somebody is filed twice."""

import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from core.demo.build import build
from core.demo.past import LONG
from core.people.rules.twins import similar
from tests.core.demo.conftest import TODAY, Rows, empty


def test_the_last_change_of_a_field_is_what_stands_there_now(rows: Rows):
    now = {row["id"]: row["state"] for row in rows("SELECT id, state FROM house")}
    found = defaultdict(list)
    for row in rows("SELECT * FROM field_change WHERE kind = 'House' AND field = 'state' ORDER BY at, id"):
        found[row["record_id"]].append((json.loads(row["before"]), json.loads(row["after"]), row["at"]))
    assert found
    for house, changes in found.items():
        assert changes[-1][1] == now[house]
        assert all(one[1] == other[0] for one, other in pairwise(changes))
        assert all(one[0] != one[1] for one in changes)
    assert max(len(changes) for changes in found.values()) == LONG


def test_phones_of_the_past_are_sealed(rows: Rows):
    found = rows("SELECT * FROM field_change WHERE field = 'phone'")
    assert found
    assert all(row["before"] is None and row["secret_before"] and row["secret_after"] for row in found)


def test_some_people_are_filed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from core.demo import doubles

    monkeypatch.setattr(doubles, "SHARE", 0.2)
    office = empty(tmp_path)
    counts = build(office, "grid", 1, today=TODAY)
    assert counts["duplicate_pair"] > 5
    with office.reader.connect() as connection:
        pairs = connection.exec_driver_sql(
            "SELECT a.name AS one, b.name AS other, d.area, a.area AS here, b.area AS there FROM duplicate_pair d "
            "JOIN person a ON a.id = d.person_id JOIN person b ON b.id = d.other_id"
        ).mappings()
        for pair in pairs:
            assert similar(pair["one"], pair["other"])
            assert pair["here"].startswith(pair["area"]) and pair["there"].startswith(pair["area"])
    office.close()
