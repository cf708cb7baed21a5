"""Code lists: whole, in order, named in both languages where a column for it exists."""

import csv
import re

import pytest

from core.kernel.codes import CODES, code_name, codes
from core.kernel.fields import declared
from core.people.models import Person

FILES = sorted(CODES.glob("*.csv"))


def read(path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found = list(reader)
    return list(reader.fieldnames or ()), found


PLAIN = {f.stem: read(f) for f in FILES if read(f)[0][:2] == ["code", "name"]}


@pytest.mark.parametrize("name", PLAIN)
def test_every_code_has_one_name_in_every_language(name: str):
    columns, found = PLAIN[name]
    assert all(row["code"] and row["name"] for row in found)
    if name != "gb2260_history":
        assert len(codes(name)) == len(found)
    if "name_en" in columns:
        assert all(re.fullmatch(r"[ -~]+", row["name_en"]) for row in found)


def test_the_lists_that_forms_use_have_the_rows_of_their_standards():
    sizes = {
        "gbt2261_1_sex": 4,
        "gbt2261_2_marital": 8,
        "gbt4658_education": 40,
        "gbt4761_family_relation": 84,
        "gbt4762_political": 13,
        "gat517_documents": 46,
        "house_structure": 6,
        "house_ownership": 12,
        "house_use": 34,
        "residence_reason": 17,
        "org_type_uscc": 38,
        "gbt47678_5_components": 153,
        "gbt47678_5_matters": 250,
        "cjt214_components": 83,
    }
    assert {name: len(codes(name)) for name in sizes} == sizes


def test_codes_come_in_the_order_of_the_file_and_in_the_language_asked_for():
    assert codes("gbt2261_1_sex") == {"0": "未知的性别", "1": "男性", "2": "女性", "9": "未说明的性别"}
    assert list(codes("gbt2261_1_sex", lang="en").values()) == ["Unknown", "Male", "Female", "Not stated"]
    assert codes("gbt47678_5_components", lang="en")["01001"] == "供水井盖"


def test_a_set_of_a_file_is_a_list_of_its_own():
    assert codes("gbt31000_codes:流入原因")["04"] == "学习培训"
    assert codes("gbt31000_codes:流入原因", lang="en")["04"] == "Study or training"
    assert codes("gbt31000_codes:人户一致标识") == {"01": "一致", "02": "不一致"}


def test_the_flag_on_persons_is_left_out():
    with pytest.raises(KeyError):
        codes("gbt31000_codes:关注程度")


def test_local_documents_stand_beside_the_national_ones():
    assert code_name("gat517_documents", "L01") == "港澳台居民居住证"
    assert code_name("gat517_documents", "L02", lang="en") == "Foreign permanent resident ID card"


def test_a_code_that_was_given_twice_has_its_newest_name():
    assert code_name("gb2260_history", "440511") == "金平区"
    assert code_name("gb2260_history", "440524") == "潮阳县"


def test_an_unknown_code_stands_for_itself():
    assert code_name("gbt2261_1_sex", "7") == "7"


@pytest.mark.parametrize(
    "name", ["nowhere", "../roles", "gbt31000_codes", "gbt31000_codes:nothing", "tag_rules"]
)
def test_an_unknown_list_is_a_mistake_of_the_programmer(name: str):
    with pytest.raises(KeyError):
        codes(name)


def test_a_changed_answer_changes_nobody_elses():
    codes("house_structure").clear()
    assert len(codes("house_structure")) == 6


def test_every_file_is_described():
    told = (CODES / "README.md").read_text(encoding="utf-8")
    standards = [
        f.name
        for f in FILES
        if f.name.startswith(("g", "cjt", "house_s", "house_o", "house_u", "tag", "org"))
    ]
    own = {"grid_trade.csv", "house_state.csv", "organisation_state.csv"}
    assert [name for name in standards if name not in own and f"`{name}`" not in told] == []


def test_a_free_code_is_said_with_its_name_and_an_unknown_one_alone() -> None:
    division = declared(Person)["hukou_division"]
    assert division.said("440511") == "440511 金平区"
    assert division.said("440599") == "440599"
    assert division.said("") == ""
    assert declared(Person)["sex"].said("2") == "女性"
