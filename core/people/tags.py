"""Service tags: which there are, the rule of each one that data can tell, and why it applies to somebody.

Basis and sensitivity stand in data/codes/tag_rules.csv. A derived tag is never stored: list, counts and
profile ask the same rule. A declared one stands in DeclaredTag with its source and last day. There is no tag
from belief, ethnicity, petitions, criminal or medical records, and none for women of child-bearing age.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from core.kernel import lines
from core.kernel.access import Actor
from core.kernel.codes import CODES, code_name
from core.kernel.i18n import _, language
from core.people import tag_conditions as when
from core.people.models import Person
from core.people.rules import age_on, school_start

SEES_SENSITIVE = "person.tags"


@dataclass(frozen=True)
class Known:
    """What a reason is made of; days and addresses may be unknown."""

    birth: date
    today: date
    category: str = ""
    registered_at: str = ""
    political: str = ""
    home_since: date | None = None

    @property
    def age(self) -> str:
        """The age and where it comes from."""
        years = age_on(self.birth, self.today)
        return _("{age} years old (born {birth})").format(age=years, birth=self.birth)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A tag: its `key` (the Chinese name) in addresses and tables, its English name, who may see it.

    `row` is its name in tag_rules.csv where that says more.
    """

    key: str
    english: str
    row: str = ""
    needs: str = ""

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return self.key if language.get() == "zh_CN" else self.english

    @property
    def basis(self) -> str:
        """The law or practice behind it."""
        return book()[self.row or self.key]["basis"]

    @property
    def definition(self) -> str:
        """Whom it is about."""
        return book()[self.row or self.key]["definition"]

    @property
    def sensitive(self) -> bool:
        """Whether only those see it who serve these people."""
        return book()[self.row or self.key]["sensitive"] != "no"

    @property
    def permissions(self) -> tuple[str, ...]:
        """What a role must include to see it."""
        return tuple(p for p in (SEES_SENSITIVE * self.sensitive, self.needs) if p)

    def shown_to(self, actor: Actor) -> bool:
        """Whether this actor may see it, by role and by department line."""
        may = all(actor.may(permission) for permission in self.permissions)
        return may and lines.sees_tag(actor, self.key)


@dataclass(frozen=True, kw_only=True)
class Tag(Kind):
    """A tag that data can tell. In lists it stands for the broader ones it `covers`."""

    condition: Callable[[date], ColumnElement[bool]]
    why: Callable[[Known], str]
    covers: tuple[str, ...] = ()

    def rule(self, today: date) -> ColumnElement[bool]:
        """The people of the tag, as a condition on Person; only people who live here."""
        return _rule(self.condition, today)


@lru_cache(maxsize=100)
def _rule(condition: Callable[[date], ColumnElement[bool]], today: date) -> ColumnElement[bool]:
    """Kept for the day: making it costs more than asking it."""
    return and_(col(Person.state) == "here", condition(today))


@cache
def book() -> dict[str, dict[str, str]]:
    """The rows of tag_rules.csv by their name."""
    with (CODES / "tag_rules.csv").open(encoding="utf-8", newline="") as text:
        return {row["tag"]: row for row in csv.DictReader(text)}


def _school_why(known: Known) -> str:
    day = school_start(known.today)
    return _("{age} years old on {day} (born {birth})").format(
        age=age_on(known.birth, day), day=day, birth=known.birth
    )


def _alone_why(known: Known) -> str:
    return _("{facts}; nobody else is registered in the house").format(facts=known.age)


def _empty_nest_why(known: Known) -> str:
    return _("{facts}; the children on record live elsewhere").format(facts=known.age)


def _apart_why(known: Known) -> str:
    return _("Registered at {place}, lives elsewhere").format(place=known.registered_at or "—")


def _migrant_why(known: Known) -> str:
    return _("From elsewhere, registered at {place}").format(place=known.registered_at or "—")


def _tenant_why(known: Known) -> str:
    return (
        _("Rents the home, since {day}").format(day=known.home_since)
        if known.home_since
        else _("Rents the home")
    )


def _age(known: Known) -> str:
    return known.age


DERIVED = {
    tag.key: tag
    for tag in (
        Tag(
            key="需紧急协助",
            row="需紧急协助(应急)",
            english="Needs help in an emergency",
            condition=when.urgent,
            why=lambda _known: _("To be helped first in an emergency"),
        ),
        Tag(
            key="百岁老人",
            english="Aged 100 or more",
            condition=when.aged(100),
            why=_age,
            covers=("高龄老人", "老年人"),
        ),
        Tag(key="高龄老人", english="Aged 80 or more", condition=when.aged(80), why=_age, covers=("老年人",)),
        Tag(key="老年人", english="Aged 60 or more", condition=when.aged(60), why=_age),
        Tag(key="独居老人", english="Elder living alone", condition=when.alone, why=_alone_why),
        Tag(
            key="空巢老人",
            english="Elder, children elsewhere",
            condition=when.empty_nest,
            why=_empty_nest_why,
        ),
        Tag(
            key="婴幼儿",
            english="Under 3",
            condition=when.aged(0, 3),
            why=_age,
            covers=("不满十四周岁", "未成年人"),
        ),
        Tag(
            key="学龄前儿童",
            english="Aged 3 to 5",
            condition=when.aged(3, 6),
            why=_age,
            covers=("不满十四周岁", "未成年人"),
        ),
        Tag(
            key="学龄儿童",
            english="Of school age",
            condition=when.of_school_age,
            why=_school_why,
            covers=("不满十四周岁", "未成年人"),
        ),
        Tag(
            key="不满十四周岁", english="Under 14", condition=when.aged(0, 14), why=_age, covers=("未成年人",)
        ),
        Tag(key="未成年人", english="Under 18", condition=when.aged(0, 18), why=_age),
        Tag(key="流动人口", english="From elsewhere", condition=when.migrant, why=_migrant_why),
        Tag(key="人户分离", english="Registered elsewhere", condition=when.apart, why=_apart_why),
        Tag(key="租户", english="Tenant", condition=when.tenant, why=_tenant_why),
        Tag(
            key="户主",
            english="Head of household",
            condition=when.head,
            why=lambda _known: _("Head of the household"),
        ),
        Tag(
            key="党员",
            english="Party member",
            condition=when.party,
            needs="person.private",
            why=lambda known: code_name("gbt4762_political", known.political, lang=language.get()),
        ),
    )
}

DECLARED = {
    kind.key: kind
    for kind in (
        Kind(key="失能老人", row="失能老人(轻/中/重/完全)", english="Elder who needs care"),
        Kind(key="留守老人", english="Elder left behind"),
        Kind(key="残疾人", english="Disabled"),
        Kind(key="重度残疾人", english="Severely disabled"),
        Kind(key="低保对象", english="Minimum living allowance"),
        Kind(key="低保边缘家庭", english="Near the minimum living allowance"),
        Kind(key="特困人员", english="In extreme hardship"),
        Kind(key="退役军人", english="Veteran"),
        Kind(key="军烈属", row="军属/烈属", english="Military family"),
        Kind(key="孕产妇", english="Expecting or new mother"),
        Kind(key="留守儿童", english="Child left behind"),
        Kind(key="困境儿童", english="Child in need"),
        Kind(key="孤儿", english="Orphan"),
        Kind(key="事实无人抚养儿童", english="Child without actual care"),
        Kind(key="志愿者", english="Volunteer"),
        Kind(key="楼栋长", row="楼栋长/网格员/社区干部", english="Building head"),
        Kind(key="求职人员", row="失业/求职人员", english="Job seeker"),
        Kind(key="新就业群体", english="Courier or ride-hailing driver"),
    )
}


def titles(actor: Actor) -> dict[str, str]:
    """Key -> name of every tag this actor may see, derived ones first: the choices of a filter."""
    return {kind.key: kind.title for kind in (*DERIVED.values(), *DECLARED.values()) if kind.shown_to(actor)}


def declarable(actor: Actor) -> dict[str, str]:
    """Key -> name of every tag this actor may declare."""
    return {
        kind.key: kind.title
        for kind in DECLARED.values()
        if kind.shown_to(actor) and lines.keeps_tag(actor, kind.key)
    }
