"""The catalogue, what became of older classes, sensitive ones, and classes of an office's own."""

import pytest

from core.components.commands import add_component, add_local_class, end_local_class
from core.components.queries import classes, component
from core.components.rules import (
    accuracy_of,
    class_of_old,
    is_local,
    is_sensitive,
    national,
    old_classes,
    sensitive_classes,
)
from core.components.rules.classes import reasons
from core.kernel.codes import codes
from core.kernel.problems import Clash, Invalid, Refused
from tests.conftest import GRID, UowOf
from tests.core.components.conftest import LAT, LON

DISTRICT = "440599/"


def test_the_catalogue_is_whole() -> None:
    assert len(national()) == 153
    counts = {major: sum(code.startswith(major) for code in national()) for major in codes("component_major")}
    assert counts == {"01": 76, "02": 44, "03": 16, "04": 14, "05": 3}


def test_every_older_class_has_a_class_of_today_or_says_why_not() -> None:
    assert set(old_classes()) == set(codes("cjt214_components")) and len(old_classes()) == 83
    for code, mapped in old_classes().items():
        name = codes("cjt214_components")[code]
        if mapped.confidence == "none":
            assert not mapped.target and mapped.note, code
        elif mapped.confidence == "exact":
            assert national()[mapped.target] == name, code
        else:
            assert mapped.confidence == "near" and mapped.target in national() and mapped.note, code
    assert class_of_old("0114").target == "01023"
    assert class_of_old("9999").confidence == "none"


def test_every_sensitive_class_is_one_of_the_catalogue_with_a_reason() -> None:
    assert set(reasons()) <= set(national())
    assert all(chinese and english for chinese, english in reasons().values())
    assert {"01011", "01005", "01001", "01049", "01048"} <= sensitive_classes()
    assert not {"04002", "02012", "03005"} & sensitive_classes()


def test_an_administrator_adds_classes_that_cannot_meet_national_ones(uow_of: UowOf) -> None:
    admin = uow_of("system_admin", DISTRICT)
    for name in ("共享雨伞架", "爱心驿站"):
        add_local_class(admin, "03", name)
    add_local_class(admin, "01", "应急取水口", True)
    local = {line.name: line for line in classes(uow_of()) if line.local_id}
    assert {line.code for line in local.values()} == {"03999", "03998", "01989"}
    assert all(is_local(line.code) and line.code not in national() for line in local.values())
    assert is_sensitive(local["应急取水口"].code) and not is_sensitive(local["爱心驿站"].code)
    key = add_component(uow_of(), "03999", area=GRID)
    assert component(uow_of(), key).code == "44059903999000001"
    assert component(uow_of(), key).class_name == "共享雨伞架"
    hidden = add_component(uow_of(), "01989", area=GRID, lon=LON, lat=LAT)
    assert component(uow_of("clerk"), hidden).values["lon"] is None


def test_an_ended_class_is_kept_but_not_chosen(uow_of: UowOf) -> None:
    admin = uow_of("system_admin", DISTRICT)
    number = add_local_class(admin, "03", "共享雨伞架")
    key = add_component(uow_of(), "03999", area=GRID)
    end_local_class(admin, number)
    with pytest.raises(Invalid):
        add_component(uow_of(), "03999", area=GRID)
    assert component(uow_of(), key).class_name == "共享雨伞架"
    assert "共享雨伞架" not in [line.name for line in classes(uow_of())]
    assert "共享雨伞架" in [line.name for line in classes(uow_of(), with_ended=True)]
    with pytest.raises(Invalid):
        end_local_class(admin, number)
    add_local_class(admin, "03", "共享雨伞架")
    assert "03998" in [line.code for line in classes(uow_of())]


def test_who_may_not_and_what_cannot_be(uow_of: UowOf) -> None:
    with pytest.raises(Refused):
        add_local_class(uow_of("clerk"), "03", "共享雨伞架")
    admin = uow_of("system_admin", DISTRICT)
    for major, name in (("03", "公共厕所"), ("03", ""), ("09", "某物"), ("03", "长" * 31)):
        with pytest.raises(Invalid):
            add_local_class(admin, major, name)
    for n in range(10):
        add_local_class(admin, "05", f"第{n}类")
    with pytest.raises(Invalid) as trouble:
        add_local_class(admin, "05", "再一类")
    assert not isinstance(trouble.value, Clash)
    with pytest.raises(Invalid):
        add_local_class(admin, "05", "第3类", True)


@pytest.mark.parametrize(
    ("metres", "accuracy"), [(0, "A"), (1, "B"), (2, "C"), (10, "C"), (11, ""), (900, "")]
)
def test_the_class_of_accuracy_follows_from_metres(metres: int, accuracy: str) -> None:
    assert accuracy_of(metres) == accuracy
