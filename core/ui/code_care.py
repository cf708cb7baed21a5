"""Codes to look after: what is wrong, where, and what a code stands for."""

from collections.abc import Sequence

from core.kernel.i18n import N_, _
from core.places.queries import CodeCase, CodeCount, CodeFound
from core.ui.pieces import card, chips, hint, link
from core.ui.table import Column, Row, table

RULES = (
    Column("title", N_("What"), "main"),
    Column("count", N_("How many"), "number"),
    Column("help", N_("What to do"), "wide"),
)
CASES = (
    Column("title", N_("Address"), "main"),
    Column("detail", N_("What there is to know"), "wide"),
)


def rules_table(rules: Sequence[CodeCount], waiting: int, unlabelled: int | None, under: str) -> None:
    """Everything that can be wrong with its number of cases, the applications that wait, and doors without a label."""
    here = f"&under={under}" if under else ""
    rows = [
        Row(
            {
                "title": rule.title,
                "count": _("choose a community") if rule.count is None else rule.count or None,
                "help": rule.help,
            },
            href=f"code_care?rule={rule.key}{here}" if rule.count else "",
        )
        for rule in rules
    ]
    if unlabelled is not None:
        labels = {
            "title": _("Houses without a label at the door"),
            "count": unlabelled or None,
            "help": _("Print the labels and put them up."),
        }
        rows.append(Row(labels, href=f"labels?show=unprinted{here}"))
    told = {
        "title": _("Applications that wait for me"),
        "count": waiting or None,
        "help": _("Review or approve them; what is approved takes effect at once."),
    }
    table(RULES, [Row(told, href="rebuildings?view=me"), *rows], key="rules")


def cases_table(found: Sequence[CodeCase]) -> None:
    """The buildings or houses of one rule; a click leads to the page that puts it right."""
    table(
        CASES, [Row({"title": one.title, "detail": one.detail}, href=one.href) for one in found], key="cases"
    )


def find_code(found: CodeFound) -> None:
    """What a code stands for, and where an old one leads."""
    with card("found", found.code, "tag"):
        if found.closed_on:
            chips([(_("closed on {day}").format(day=found.closed_on), "bad", "")])
        elif not found.is_current:
            chips([(_("an old code of this house"), "warn", "")])
        else:
            chips([(_("in use"), "ok", "")])
        link(_("Open the house"), f"house?id={found.house_id}", "home")
        for door in found.successors:
            link(
                _("In its place: {address}").format(address=door.title),
                f"house?id={door.id}",
                "arrow_forward",
            )
        if found.closed_on and not found.successors:
            hint(_("Nothing came in its place."))
