"""The pages of labels: printing, losing, revoking, and setting up how they look."""

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.labels import queries as labels
from core.labels.queries import Choice
from tests.conftest import COMMUNITY
from tests.pages.conftest import Open


def _lead(town: Office) -> UnitOfWork:
    return town.uow(Actor("chen", "lead", COMMUNITY))


def test_what_was_never_printed_is_printed_and_can_be_fetched(town: Office, open_page: Open) -> None:
    """The lead chooses what is missing, looks at a sample, and gets a file."""
    many = labels.unlabelled(_lead(town))
    screen = open_page("labels", "lead", show="unprinted")
    screen.toggle(key="print-preview").set_value(True).run()
    assert not screen.exception
    screen.button(key="print-go").click().run()
    assert not screen.exception and labels.unlabelled(_lead(town)) == 0 < many
    assert any("/api/labels/run/" in one.proto.body for one in screen.get("html"))


def test_some_houses_are_picked_and_printed_alone(town: Office, open_page: Open) -> None:
    """Two doors of a long list, without the others."""
    before = labels.progress(_lead(town)).printed
    screen = open_page("labels", "lead", show="unprinted")
    two = [row.house_id for row in labels.house_rows(_lead(town), Choice(show="unprinted")).items[:2]]
    screen.multiselect(key="pick-houses").set_value(two).run()
    assert screen.button(key="print-go").label == "打印 2 张"
    screen.button(key="print-go").click().run()
    assert not screen.exception and labels.progress(_lead(town)).printed == before + 2


def test_a_lost_label_is_replaced_on_its_page(town: Office, open_page: Open) -> None:
    """One tap; the old code is dead, and the reason stands beside it."""
    house = next(row.house_id for row in labels.house_rows(_lead(town), Choice()).items if row.short_code)
    before = labels.labels_of(_lead(town), house).active
    screen = open_page("label", "grid_worker", id=str(house))
    screen.text_input(key="label-lost-why").input("被风吹走").run()
    screen.button(key="label-lost").click().run()
    after = labels.labels_of(_lead(town), house)
    assert before and after.active and after.active.short_code != before.short_code
    assert after.past[0].why == "被风吹走" and not screen.exception


def test_revoking_asks_why_and_a_new_one_is_given_out(town: Office, open_page: Open) -> None:
    """Without a reason a sentence says so."""
    house = next(row.house_id for row in labels.house_rows(_lead(town), Choice()).items if row.short_code)
    screen = open_page("label", "clerk", id=str(house))
    screen.button(key="label-revoke").click().run()
    assert screen.error and labels.labels_of(_lead(town), house).active
    screen.text_input(key="label-revoke-why").input("被人拍照冒用").run()
    screen.button(key="label-revoke").click().run()
    assert labels.labels_of(_lead(town), house).active is None
    screen.button(key="label-issue").click().run()
    assert labels.labels_of(_lead(town), house).active and not screen.exception


def test_a_layout_is_begun_from_a_common_sheet_and_one_that_does_not_fit_is_refused(
    town: Office, open_page: Open
) -> None:
    """What does not fit is said at its field."""
    screen = open_page("label_sheet", "lead", preset="105 × 74 mm, 2 × 4")
    assert not screen.exception
    columns = next(one for one in screen.number_input if one.label == "列数")
    columns.set_value(3)
    _save(screen).click().run()
    assert any("超出 A4" in one.value for one in (*screen.error, *screen.caption, *screen.markdown))
    next(one for one in screen.number_input if one.label == "列数").set_value(2)
    _save(screen).click().run()
    assert not screen.exception and labels.sheet_at(_lead(town)).sheet.per_page == 8


def _save(screen: object) -> object:
    return next(one for one in screen.button if one.label == "保存版式")  # type: ignore[attr-defined]


def test_the_panel_of_a_house_leads_to_its_label(town: Office, open_page: Open) -> None:
    """For who may see labels; a department does not."""
    house = next(row.house_id for row in labels.house_rows(_lead(town), Choice()).items)
    assert any("门牌码" in one.value for one in open_page("house", "grid_worker", id=str(house)).subheader)
    assert not any("门牌码" in one.value for one in open_page("house", "department", id=str(house)).subheader)
