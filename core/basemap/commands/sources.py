"""Adding, changing and taking away sources of pictures."""

import shutil
from collections.abc import Mapping
from urllib.parse import urlsplit

from core.basemap.models import MapSource
from core.basemap.queries import records
from core.basemap.rasters import state
from core.basemap.rules import PLAN, check_source, services
from core.kernel.i18n import _
from core.kernel.masking import sealed_of
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command


@command("map.sources")
def add_source(uow: UnitOfWork, /, **values: object) -> int:
    """Offer a source on the map; its number. Raises Invalid, with a sentence at the field; Clash for a second plan."""
    check_source(values)
    if values.get("kind") == PLAN and records.has_plan(uow):
        raise Clash(_("That is said of our own plan already; change it there."))
    return uow.add(MapSource, area=uow.actor.area, **_completed(values)).id


@command("map.sources")
def edit_source(uow: UnitOfWork, /, source_id: int, seen: int | None, **values: object) -> None:
    """Change a source; a key that is left empty stays. `seen` is the version before; a newer one raises Clash.

    Raises Invalid, with a sentence at the field, also for another server without its key.
    """
    found = uow.get(MapSource, source_id)
    wanted = {name: value for name, value in values.items() if name != "key" or value}
    check_source({**found.model_dump(), **sealed_of(found), **wanted})
    _check_key(found, wanted)
    uow.change(found, seen=seen, **wanted)


def _check_key(found: MapSource, wanted: Mapping[str, object]) -> None:
    """A key goes only to the server it was given for: else another address would tell it. Raises Invalid."""
    before = {"kind": found.kind, "address": found.address}
    if found.key and "key" not in wanted and _server(before) != _server({**before, **wanted}):
        said = _("The key was given for another server; type the one of this server.")
        raise Invalid(said, key=said)


def _server(values: Mapping[str, object]) -> tuple[object, str, str]:
    """Whom a source asks, and how."""
    parts = urlsplit(str(values["address"] or "").strip())
    return values["kind"], parts.scheme, parts.netloc


@command("map.sources")
def remove_source(uow: UnitOfWork, source_id: int) -> None:
    """Take a source away, with what was fetched from it; a file of the office stays where it is."""
    found = uow.get(MapSource, source_id)
    uow.remove(found)
    shutil.rmtree(state.folder(uow.office.settings.data, source_id), ignore_errors=True)


def _completed(values: dict[str, object]) -> dict[str, object]:
    """With the attribution that a public service asks for."""
    known = services().get(str(values.get("kind") or ""), {})
    return {**values, "attribution": values.get("attribution") or known.get("attribution", "")}
