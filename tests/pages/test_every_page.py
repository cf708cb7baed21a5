"""Whatever a page does, it does these things too: it opens or refuses, in both languages, with and without people."""

import re

import pytest
from sqlmodel import select

from core.claims.models import Claim
from core.components.models import Component
from core.designs.models import Design
from core.kernel.access import roles
from core.kernel.database import Office
from core.organisations.models import Organisation
from core.people.models import Household, Person, Residence
from core.places.models import Building, House
from core.rebuilding.models import HouseChange
from core.registers.dog import Dog
from core.ui.shell import PAGES, declared
from tests.conftest import COMMUNITY
from tests.pages.conftest import Open

NAMES = sorted(path.stem for path in PAGES.glob("*.py"))
ACCOUNTS = sorted(name for name, role in roles().items() if not role.internal)
MARKUP = re.compile(r":material/\w+:|`[^`]*`|:(?:gray|orange|blue|red|green)\[")
"""Icons, codes and colours: Streamlit's own words, which nobody sees."""
LATIN = re.compile(r"[A-Za-z]{4,}")
KNOWN_LATIN = {"LinGrid", "English", "QGIS", "material", "Person", "house", "person", "wang"}


@pytest.fixture
def town(shared_town: Office) -> Office:
    """One town for all the visits: they only look."""
    return shared_town


def some(office: Office, kind: type) -> str:
    """The number of one record."""
    with office.reader.connect() as connection:
        return str(
            connection.execute(
                select(kind.id).where(kind.area >= (COMMUNITY if kind is not Design else "")).limit(1)
            ).scalar()
        )


def address(office: Office, name: str) -> dict[str, str]:
    """The parameters that a page about one thing needs."""
    about = {
        "person": Person,
        "house": House,
        "house_edit": House,
        "label": House,
        "building": Building,
        "household": Household,
        "person_edit": Person,
        "organisation": Organisation,
        "organisation_edit": Organisation,
        "component": Component,
        "component_edit": Component,
        "building_edit": Building,
        "visit": House,
        "design": Design,
        "claim": Claim,
        "stay": Residence,
        "rebuilding": HouseChange,
    }
    registers = {
        "register": {"register": "dog"},
        "register_import": {"register": "rental"},
        "entry": {"register": "dog", "id": some(office, Dog)},
        "entry_edit": {"register": "fire"},
    }
    if name in registers:
        return registers[name]
    if name == "change":
        return {"of": "Person", "id": some(office, Person)}
    if name in ("residence", "relation", "birth", "death", "move_out", "household_split", "duplicate"):
        return {"person": some(office, Person)}
    if name == "household_merge":
        return {"household": some(office, Household)}
    return {"id": some(office, about[name])} if name in about else {}


def opens(name: str, role: str) -> bool:
    """Whether a role may open a page."""
    return declared(PAGES / f"{name}.py")["needs"] in roles()[role].may


VISITS = [(name, role, "zh_CN") for name in NAMES for role in ACCOUNTS]
VISITS += [(name, role, "en") for name, role, _language in VISITS if opens(name, role)]


@pytest.mark.parametrize(("name", "role", "language"), VISITS)
def test_it_opens_or_it_refuses(name: str, role: str, language: str, town: Office, open_page: Open) -> None:
    screen = open_page(name, role, language, **address(town, name))
    assert not screen.exception, screen.exception[0].message if screen.exception else ""
    assert bool(screen.error) is not opens(name, role), [e.value for e in screen.error]


@pytest.mark.parametrize("name", NAMES)
def test_it_speaks_chinese(name: str, town: Office, open_page: Open) -> None:
    role = next(r for r in ACCOUNTS if opens(name, r))
    screen = open_page(name, role, **address(town, name))
    said = [
        e.value for kind in (screen.title, screen.subheader, screen.caption, screen.markdown) for e in kind
    ]
    said += [
        e.label
        for kind in (screen.button, screen.selectbox, screen.text_input, screen.date_input, screen.metric)
        for e in kind
    ]
    foreign = {word for text in said for word in LATIN.findall(MARKUP.sub("", str(text)))} - KNOWN_LATIN
    assert not foreign


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in NAMES
        if n in ("person", "house", "building", "household", "house_edit", "person_edit", "grid")
        or n in ("organisation", "organisation_edit", "component", "component_edit")
    ],
)
def test_what_is_not_mine_looks_like_what_is_not_there(name: str, town: Office, open_page: Open) -> None:
    parameters = {"area": "440599/001/009/"} if name == "grid" else {"id": "1"}
    screen = open_page(name, "lead", **parameters)
    assert not screen.exception
    assert len(screen.error) == 1
