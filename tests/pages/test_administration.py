"""The administration pages as stories: a code that appears in a form, a list that two people decide on, a photo."""

from sqlmodel import select

from core.attachments import queries as attachments
from core.kernel.access import Actor
from core.kernel.database import Office
from core.places.models import House
from core.retention.models import DisposalList
from core.rights.models import SubjectRequest
from core.upkeep.commands import add_code
from tests.conftest import COMMUNITY
from tests.pages.conftest import Open
from tests.pictures import from_phone

DISTRICT = "440599/"


def first(office: Office, column: object) -> int:
    """The number of one record."""
    with office.reader.connect() as connection:
        return int(connection.execute(select(column).order_by(column.desc()).limit(1)).scalar_one())


def pressed(screen, label: str):
    """The screen after a button with that label."""
    return next(button for button in screen.button if button.label == label).click().run()


def test_a_code_added_on_the_page_is_in_the_form_of_a_house(town: Office, open_page: Open) -> None:
    screen = open_page("codes", "system_admin", area=DISTRICT, list="house_use")
    next(box for box in screen.text_input if box.key == "code-house_use-code").input("L1")
    next(box for box in screen.text_input if box.key == "code-house_use-name").input("渔排")
    screen = pressed(screen, "添加")
    assert not screen.error, [e.value for e in screen.error]
    house = first(town, House.id)
    form = open_page("house_edit", id=str(house))
    uses = next(box for box in form.selectbox if box.label.startswith("用途"))
    assert "渔排" in uses.options


def test_a_code_that_clashes_is_told_at_its_field(town: Office, open_page: Open) -> None:
    screen = open_page("codes", "system_admin", area=DISTRICT, list="house_use")
    next(box for box in screen.text_input if box.key == "code-house_use-code").input("10")
    next(box for box in screen.text_input if box.key == "code-house_use-name").input("渔排")
    screen = pressed(screen, "添加")
    assert "国家代码表" in screen.error[0].value


def test_an_ended_code_is_offered_no_longer(town: Office, open_page: Open) -> None:
    admin = town.uow(Actor("xitong", "system_admin", DISTRICT))
    number = add_code(admin, "house_use", code="L1", name="渔排")
    screen = open_page("codes", "system_admin", area=DISTRICT, list="house_use", id=str(number))
    pressed(screen, "停用")
    form = open_page("house_edit", id=str(first(town, House.id)))
    uses = next(box for box in form.selectbox if box.label.startswith("用途"))
    assert not [option for option in uses.options if "渔排" in option]


def test_one_administrator_prepares_and_the_other_approves(town: Office, open_page: Open) -> None:
    screen = pressed(open_page("retention", "system_admin", area=DISTRICT), "生成到期清单")
    assert not screen.error
    number = first(town, DisposalList.id)
    assert "批准并删除" not in [
        b.label for b in open_page("retention", "system_admin", area=DISTRICT, id=str(number)).button
    ]
    second = pressed(open_page("retention", "security_admin", area=DISTRICT, id=str(number)), "批准并删除")
    assert second.error, "the same sign-in name prepared it"
    assert "不能批准自己" in second.error[0].value


def test_a_photo_is_added_on_the_page_of_the_house(town: Office, open_page: Open) -> None:
    house = first(town, House.id)
    screen = open_page("house", id=str(house))
    uploader = screen.get("file_uploader")[0]
    uploader.set_value([("IMG_1.jpg", from_phone((400, 300)), "image/jpeg")])
    screen = pressed(screen, "添加")
    assert not screen.error, [e.value for e in screen.error]
    clerk = town.uow(Actor("li", "clerk", COMMUNITY))
    assert [one.name for one in attachments.gallery(clerk, "House", house)] == ["IMG_1"]


def test_a_bad_file_is_told_under_its_name(town: Office, open_page: Open) -> None:
    screen = open_page("house", id=str(first(town, House.id)))
    screen.get("file_uploader")[0].set_value([("x.jpg", b"MZ not a photo", "image/jpeg")])
    screen = pressed(screen, "添加")
    assert "x.jpg" in screen.error[0].value and "程序" in screen.error[0].value


def test_a_sensitive_picture_shows_nothing_before_the_reason(town: Office, open_page: Open) -> None:
    from core.attachments.taking import take
    from core.people.models import Person

    person = first(town, Person.id)
    clerk = town.uow(Actor("wang", "clerk", COMMUNITY))
    number = take(clerk, "Person", person, from_phone((300, 200), turned=1))
    screen = open_page("person", id=str(person), photo=str(number))
    assert not [h for h in screen.get("html") if f"/api/files/{number}?grant" in str(h.proto)]
    next(box for box in screen.text_input if box.key == f"photo-reason-{number}").input("核对证件")
    screen = next(b for b in screen.button if b.label == "显示" and "photo-why" in str(b.key)).click().run()
    assert [h for h in screen.get("html") if f"/api/files/{number}?grant" in str(h.proto)]


def test_a_request_is_taken_in_and_answered(town: Office, open_page: Open) -> None:
    screen = open_page("requests")
    next(box for box in screen.text_input if box.label.startswith("申请人")).input("陈试")
    screen = pressed(screen, "登记")
    assert not screen.error, [e.value for e in screen.error]
    number = first(town, SubjectRequest.id)
    lead = open_page("requests", "lead", id=str(number))
    lead = pressed(lead, "办结")
    assert "理由" in lead.error[0].value
    next(box for box in lead.text_area if box.label.startswith("答复内容")).input("已当面出示登记内容")
    lead = pressed(lead, "办结")
    assert not lead.error


def test_backups_are_not_offered_for_download(town: Office, open_page: Open) -> None:
    screen = open_page("backups", "system_admin", area=DISTRICT)
    assert not screen.get("download_button")
    assert {"立即备份", "恢复演练"} <= {b.label for b in screen.button}
    assert not [
        b.label
        for b in open_page("backups", "audit_admin", area=DISTRICT).button
        if b.label in ("立即备份", "恢复演练")
    ]


def test_a_first_draft_is_written_without_being_told_that_a_field_is_gone(
    town: Office, open_page: Open
) -> None:
    screen = open_page("consents", "lead")
    assert not screen.warning, [told.value for told in screen.warning]
    next(box for box in screen.text_input if box.label.startswith("名称")).input("入户走访告知书")
    next(box for box in screen.text_area if box.label.startswith("正文")).input(
        "走访时登记的内容只用于核实住址，不作他用，随时可以撤回。"
    )
    screen = pressed(screen, "保存草稿")
    assert not screen.warning and not screen.error, [e.value for e in (*screen.error, *screen.warning)]
    assert "草稿" in str(screen.main)
