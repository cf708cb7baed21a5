"""The one search box: what it finds, for whom, and that nothing one types can break it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from core.kernel import fulltext
from core.kernel.access import Actor, job, roles
from core.kernel.database import Office
from core.kernel.fulltext import Phrase
from core.kernel.identifiers import tidy
from core.kernel.problems import Refused
from core.kernel.search import Hit, SearchDoc, _spoken, matching, search
from core.people.commands import add_person, edit_person
from core.places.models import House
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FIRST17 = "44059919900203001"
NUMBER = FIRST17 + "10X98765432"[sum(int(c) * w for c, w in zip(FIRST17, WEIGHTS, strict=True)) % 11]
PHONE = "19900054321"


@pytest.fixture
def home(town: Office) -> int:
    """A house of the first grid in which somebody with a rare name now lives."""
    with town.reader.connect() as connection:
        house = int(connection.execute(select(House.id).where(House.area == GRID).limit(1)).scalar() or 0)
    uow = town.uow(Actor("li", "clerk", COMMUNITY))
    add_person(uow, house_id=house, name="谭军峰", document_no=NUMBER, phone=PHONE)
    return house


def found(town: Office, words: str, role: str = "clerk", area: str = COMMUNITY, **how: object) -> list[Hit]:
    """What somebody finds."""
    return search(town.uow(Actor("li", role, area)), words, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["analyst", "system_admin", "security_admin", "audit_admin"])
def test_who_sees_no_person_may_not_search(role: str, town: Office, home: int) -> None:
    with pytest.raises(Refused):
        found(town, "谭军峰", role)


def test_the_next_grid_finds_nobody_by_name_or_number(town: Office, home: int) -> None:
    for words in ("谭军峰", NUMBER, PHONE, NUMBER[-4:]):
        assert "谭军峰" not in {hit.title for hit in found(town, words, "grid_worker", NEXT_GRID)}


@pytest.mark.parametrize(
    "words",
    [
        "谭军峰",
        "谭军",
        "军峰",
        "谭",
        NUMBER,
        NUMBER.lower(),
        PHONE,
        PHONE[-4:],
        NUMBER[-4:],
        f" {PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}",
    ],
)
def test_a_person_is_found_by_name_and_by_numbers_in_full_or_last_four(
    words: str, town: Office, home: int
) -> None:
    assert "谭军峰" in {hit.title for hit in found(town, words, limit=60)}


def test_a_part_of_a_number_that_is_not_its_end_finds_nobody(town: Office, home: int) -> None:
    for words in (PHONE[:7], NUMBER[:14], PHONE[3:8]):
        assert "谭军峰" not in {hit.title for hit in found(town, words)}


def test_a_house_is_found_by_pieces_of_its_address(town: Office, home: int) -> None:
    with town.reader.connect() as connection:
        address = str(connection.execute(select(House.address).where(House.id == home)).scalar())
    assert home in {hit.id for hit in found(town, address, kinds=("house",), limit=60)}
    assert home in {hit.id for hit in found(town, address[:-1], kinds=("house",), limit=300)}


def test_a_new_name_is_found_and_the_old_one_is_not(town: Office, home: int) -> None:
    uow = town.uow(Actor("li", "clerk", COMMUNITY))
    [hit] = found(town, "谭军峰")
    edit_person(uow, hit.id, seen=None, name="谭改名")
    assert [h.title for h in found(town, "谭改名")] == ["谭改名"]
    assert "谭军峰" not in {h.title for h in found(town, "谭军峰")}


def test_the_exact_name_comes_first(town: Office, home: int) -> None:
    uow = town.uow(Actor("li", "clerk", COMMUNITY))
    add_person(uow, house_id=home, name="谭军峰岭", birth="1990-01-01")
    assert found(town, "谭军峰")[0].title == "谭军峰"


def test_every_role_that_searches_finds_only_kinds_it_may_open(town: Office, home: int) -> None:
    for role in (name for name, each in roles().items() if "search" in each.may):
        kinds = {hit.kind for hit in found(town, "路", role, limit=300)}
        assert "person" not in kinds or "person.view" in roles()[role].may


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
@given(words=st.text(max_size=40) | st.text(alphabet='"*=-:()^+AND OR NOT张三12', max_size=20))
def test_nothing_one_types_breaks_it(words: str, town: Office) -> None:
    assert isinstance(found(town, words), list)


def _has(tok: str, phrase: Phrase) -> bool:
    words = " ".join(phrase.words)
    return f" {words}" in f" {tok}" if phrase.is_open else f" {words} " in f" {tok} "


@pytest.mark.parametrize("kind", ["person", "house"])
def test_the_index_finds_what_reading_everything_finds(kind: str, town: Office, home: int) -> None:
    with town.reader.connect() as connection:
        docs = connection.execute(select(SearchDoc.id, SearchDoc.tok, SearchDoc.title, SearchDoc.body)).all()
        for text_ in {docs[n].title for n in range(0, len(docs), 40)} | {
            docs[7].body[:9],
            "社区",
            "1",
            "路 1",
        }:
            for typed in (text_, text_[:2], text_[1:4]):
                wanted = matching(town.uow(job("test")), typed, kind, "search_doc.id")
                found = set(connection.execute(select(SearchDoc.id).where(wanted)).scalars())
                phrases = _spoken(tidy(typed))
                assert found == {
                    doc.id
                    for doc in docs
                    if phrases and f" =k{kind} " in doc.tok and all(_has(doc.tok, one) for one in phrases)
                }, typed


def test_a_very_common_word_is_answered_and_not_counted(
    town: Office, home: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "ENOUGH", 5)
    everywhere = Actor("job", "job", "")
    assert search(town.uow(everywhere), "路", limit=20)
    assert home in {hit.id for hit in found(town, _address(town, home), limit=60)}


def _address(town: Office, home: int) -> str:
    with town.reader.connect() as connection:
        return str(connection.execute(select(House.address).where(House.id == home)).scalar())
