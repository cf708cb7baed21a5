"""Designs for commands and other queries: only inside one, never for a screen."""

from sqlmodel import col, select

from core.designs.models import REGISTER, Design, DesignVersion
from core.designs.rules import Body, Use, read
from core.kernel.custom import FieldDefinition
from core.kernel.unit_of_work import UnitOfWork
from core.kernel.values import is_used


def published(uow: UnitOfWork, design: Design) -> Body:
    """The newest published definition; an empty one before the first."""
    asked = select(DesignVersion).where(
        DesignVersion.design_id == design.id, DesignVersion.number == design.number
    )
    found = uow.session.exec(asked).first()
    return read(found.body) if found else Body()


def registers(uow: UnitOfWork, *, with_ended: bool = False) -> list[tuple[Design, Body]]:
    """Every published register in sight with its definition, oldest first."""
    known = f"designs:{with_ended}"
    if known not in uow.known:
        asked = select(Design, DesignVersion).where(
            Design.of == REGISTER,
            DesignVersion.design_id == Design.id,
            DesignVersion.number == Design.number,
        )
        asked = asked if with_ended else asked.where(col(Design.ended_on).is_(None))
        found = uow.session.exec(asked.order_by(col(Design.id)))
        uow.known[known] = [(design, read(version.body)) for design, version in found]
    told: list[tuple[Design, Body]] = uow.known[known]
    return told


def versions(uow: UnitOfWork, design_id: int) -> list[DesignVersion]:
    """Every published version, newest first."""
    asked = select(DesignVersion).where(DesignVersion.design_id == design_id)
    return list(uow.session.exec(asked.order_by(col(DesignVersion.number).desc())))


def of_kind(uow: UnitOfWork, of: str, area: str) -> Design | None:
    """The design of a shared kind of record at a place."""
    return uow.session.exec(select(Design).where(Design.of == of, Design.area == area)).first()


def definitions(uow: UnitOfWork, design: Design) -> dict[str, FieldDefinition]:
    """The fields of a design by their keys, ended ones too."""
    asked = select(FieldDefinition).where(
        FieldDefinition.of == design.fields_of, FieldDefinition.area == design.area
    )
    return {one.key: one for one in uow.session.exec(asked)}


def use(uow: UnitOfWork, of: str, body: Body, before: Body) -> Use:
    """Which published fields hold data, and which of the choices that a draft leaves out stand somewhere."""
    held = {one.key for one in before.fields if is_used(uow.session, of, one.key)}
    dropped = [
        (one.key, code)
        for one in body.fields
        if (was := before.field(one.key))
        for code, _name in was.options
        if code not in dict(one.options)
    ]
    return Use(held, {(key, code) for key, code in dropped if is_used(uow.session, of, key, code)})
