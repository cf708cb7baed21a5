"""Addresses: many ways of writing, one form, one key; and the code of a house."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.i18n import language
from core.places.address import Address, _house_check, check_house_code, house_code, normalise, parse_address

AREAS = ("示例省", "示例市", "示例区", "东湖街道", "东湖居委会", "西埔村委会", "")
COMMUNITY = "440599001001"
PARTS = ("road", "number", "estate", "building", "unit", "floor", "room")


@pytest.fixture(autouse=True)
def _english():
    token = language.set("en")
    yield
    language.reset(token)


def cases() -> list[dict[str, str]]:
    with (Path(__file__).parents[2] / "cases" / "addresses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", cases(), ids=lambda row: row["text"])
def test_written_addresses_are_understood(row: dict[str, str]):
    address = parse_address(row["text"], strip=AREAS)
    assert address == Address(**{part: row[part] for part in PARTS})
    assert address.text() == row["standard"]
    assert parse_address(row["standard"]) == address


NAMES = ("海滨路", "五一路", "金砂三路", "三门路", "东湖村", "西埔自然村3巷", "礐石里")
ESTATES = ("", "龙湖苑", "时代大厦", "阳光100小区", "八一新村", "桂花苑A区")
some = st.sampled_from
numbers = st.integers(1, 999).map(str)
addresses = st.builds(
    Address,
    road=some(NAMES),
    number=numbers | st.builds("{}-{}".format, numbers, st.integers(1, 20)) | some(("附3", "12、14", "7附2")),
    estate=some(ESTATES),
    building=some(("", "8", "12", "A", "B3", "东", "8-1")),
    unit=some(("", "1", "2", "甲")),
    floor=some(("", "1", "3", "12", "-1")),
    room=some(("", "301", "1203", "301-1", "12D", "A", "东户", "3铺", "阁楼", "05")),
) | st.builds(
    Address, estate=some(ESTATES[1:]), building=numbers, unit=some(("", "2")), room=some(("", "301", "3铺"))
)


@given(addresses)
def test_every_address_is_read_back_from_its_own_text(address: Address):
    assert parse_address(address.text()) == address
    assert normalise(address.text()) == address.text()


WORDS = {"幢": ("栋", "座", "号楼", "#"), "单元": ("梯", "门"), "室": ("房", "号房", "")}
HAN = "〇一二三四五六七八九"


@given(addresses.filter(lambda a: a.room not in ("A", "05") and not a.floor), st.data())
def test_the_way_of_writing_does_not_change_the_key(address: Address, data: st.DataObject):
    text = address.text()
    for word, others in WORDS.items():
        end = word == "室"
        if text.endswith(word) if end else word in text and address.unit != "甲" and address.building != "东":
            other = data.draw(some((word, *others)))
            text = text.removesuffix(word) + other if end else text.replace(word, other)
    text = data.draw(some((str, str.lower, lambda t: "".join(wide(c) for c in t))))(text)
    gap = data.draw(some(("", " ", "　", "\u200b")))
    text = text.replace("号", f"号{gap}").replace("幢", f"{gap}幢")
    assert parse_address(text).key(COMMUNITY) == address.key(COMMUNITY)


def wide(character: str) -> str:
    return chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character


def understood(text: str) -> tuple[Address | None, str]:
    try:
        return parse_address(text), ""
    except ValueError as refusal:
        return None, str(refusal)


@given(st.text("海滨路苑村巷一二十百三0128AB号幢栋楼#单元梯层室房-之 东?", max_size=14))
def test_any_text_is_understood_or_refused_with_an_example(text: str):
    address, refusal = understood(text)
    if address:
        assert parse_address(address.text()).key(COMMUNITY) == address.key(COMMUNITY)
    else:
        assert "海滨路12号龙湖苑8幢2单元301室" in refusal


@given(addresses, st.text("0123456789/", max_size=12))
def test_the_same_address_in_another_community_is_another_house(address: Address, other: str):
    assert (address.key(other) == address.key(COMMUNITY)) == (other == COMMUNITY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海滨路12号龙湖苑8幢301", "海滨路十二号8栋301房"),
        ("金砂三路7号", "金砂3路7号"),
        ("A座12楼03", "A座1203室"),
        ("龙湖苑8幢2单元3层301", "龙湖苑8幢2单元301"),
        ("龙湖苑8幢05室", "龙湖苑8幢5号房"),
        ("中山路五一广场2座", "五一广场2号楼"),
        ("海滨路12号之一", "海滨路12-1号"),
    ],
)
def test_two_writings_of_one_door_have_one_key(one: str, other: str):
    assert parse_address(one).key(COMMUNITY) == parse_address(other).key(COMMUNITY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("龙湖苑8幢11楼03", "龙湖苑8幢12楼03"),
        ("海滨路12号2楼", "海滨路12号3楼"),
        ("时代大厦1层101", "时代大厦负一层101"),
        ("海滨路12号101室", "海滨路12号101铺"),
        ("万里花园8幢", "千里花园8幢"),
        ("新民路综合楼301室", "海滨路综合楼301室"),
        ("海滨路12号", "海滨路12-1号"),
    ],
)
def test_two_doors_have_two_keys(one: str, other: str):
    assert parse_address(one).key(COMMUNITY) != parse_address(other).key(COMMUNITY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("无", "is empty"),
        (" / ", "is empty"),
        ("老榕树旁", '"老榕树旁" names no door'),
        ("海滨路", '"海滨路" names no door'),
        ("301室", "no street, estate or building"),
        ("海滨路12号?8幢", r'"\?8幢" was not understood'),
        ("龙湖苑8幢301、302室", '"8幢301、302室" was not understood'),
        ("龙湖苑8幢30123室", '"8幢30123室" was not understood'),
        ("海滨路12-3-501", '"12-3-501" was not understood'),
        ("海滨路12号<b>", '"<B>" was not understood'),
        ("路" * 151, "too long by 1"),
        ("海滨路12号\x00", "control character"),
        ("示例市示例区", "is empty"),
    ],
)
def test_what_is_not_understood_is_named(text: str, says: str):
    with pytest.raises(ValueError, match=says):
        parse_address(text, strip=AREAS)


@pytest.mark.parametrize(
    "prefix",
    [
        "东湖居委会",
        "东湖社区",
        "东湖居民委员会",
        "东湖社区居委会",
        "示例省示例市示例区东湖街道东湖社区",
        "示例 区 东湖社区",
    ],
)
def test_the_areas_above_are_taken_off_however_they_are_written(prefix: str):
    assert parse_address(f"{prefix}海滨路12号", strip=AREAS).text() == "海滨路12号"


def test_a_village_or_road_with_the_name_of_the_area_stays():
    assert parse_address("西埔村三组7号", strip=AREAS).road == "西埔村3组"
    assert parse_address("示例区东路12号", strip=AREAS).road == "示例区东路"
    assert parse_address("海滨路12号").road == "海滨路"


HOUSE = house_code(COMMUNITY, 8, 2, 301)


def test_a_house_code_holds_its_parts_and_a_check_digit():
    assert HOUSE[:23] == "440599001001" + "00008" + "02" + "0301"
    assert check_house_code(f" {HOUSE[:12]}-{HOUSE[12:]} ") == HOUSE


@given(
    st.integers(1, 99999), st.integers(0, 99), st.integers(0, 9999), st.integers(0, 23), some("0123456789")
)
def test_one_changed_digit_of_a_house_code_is_always_caught(
    building: int, unit: int, room: int, at: int, digit: str
):
    code = house_code(COMMUNITY, building, unit, room)
    assert check_house_code(code) == code
    changed = code[:at] + digit + code[at + 1 :]
    if changed != code:
        with pytest.raises(ValueError, match="it would be"):
            check_house_code(changed)


@pytest.mark.parametrize(("digits", "check"), [("0794", "5"), ("79462", "3"), ("00200667308", "5")])
def test_the_check_digit_is_the_published_one_of_iso_7064_mod_11_10(digits: str, check: str):
    assert _house_check(digits) == check


@pytest.mark.parametrize(
    ("community", "building", "unit", "room"),
    [
        ("4405990010", 1, 0, 0),
        (COMMUNITY, 0, 0, 0),
        (COMMUNITY, 100000, 0, 0),
        (COMMUNITY, 1, 100, 0),
        (COMMUNITY, 1, 0, 10000),
    ],
)
def test_a_house_code_has_room_only_for_so_much(community: str, building: int, unit: int, room: int):
    with pytest.raises(ValueError, match=r"12 digits|needs a building"):
        house_code(community, building, unit, room)


def test_a_wrong_house_code_says_what_is_wrong():
    with pytest.raises(ValueError, match="24 digits, not 23"):
        check_house_code(HOUSE[:-1])
    with pytest.raises(ValueError, match=f"it would be {HOUSE[-1]}"):
        check_house_code(HOUSE[:-1] + str((int(HOUSE[-1]) + 1) % 10))


def test_an_address_does_not_change():
    address = parse_address("海滨路12号")
    assert replace(address, room="301").text() == "海滨路12号301室"
    assert address.text() == "海滨路12号"
