"""The office as a whole: serve it, fill it with the demo, bring it up to date, look whether all is well."""

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from core.cli import serving
from core.cli.console import JSON, both, opened, progress, report, say
from core.kernel import checks, database
from core.kernel.i18n import N_, _
from core.kernel.lease import alone, hold
from core.kernel.migrate import revision, upgrade
from core.kernel.opening import keys_of, open_office
from core.kernel.problems import Invalid
from core.kernel.settings import settings
from core.starting import build, is_empty, prepared

MAKING = N_("Making the demo community")


class Scale(StrEnum):
    """How large an invented place may be."""

    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"
    CITY = "city"


def serve() -> None:
    """Open the office, make the demo in an empty one, and serve until Ctrl+C."""
    chosen = settings()
    serving.check_certificate(chosen)
    with progress(MAKING) as bar:
        office = prepared(chosen, bar)
    database.use(office)
    with hold(chosen):
        serving.welcome(office)
        serving.run_server(office)


def demo(
    scale: Annotated[Scale, typer.Option(help=both(N_("How large")))] = Scale.COMMUNITY,
    seed: Annotated[int, typer.Option(help=both(N_("The same number makes the same place")))] = 1,
) -> None:
    """Fill an empty office with invented people and houses."""
    with opened() as office, alone(office.settings):
        if not is_empty(office):
            raise Invalid(_("This office has accounts already. Set LINGRID_DATA to an empty folder."))
        with progress(MAKING) as bar:
            build(office, scale.value, seed, bar)
    say(N_("The demo is ready; start it with: {command}"), command=serving.SELF)


def migrate(as_json: JSON = False) -> None:
    """Bring the tables up to date, as every start does."""
    chosen = settings()
    chosen.data.mkdir(parents=True, exist_ok=True)
    office = database.Office(chosen, keys_of(chosen))
    with database.translated():
        before, copy, after = revision(office), upgrade(office), revision(office)
    office.close()
    open_office(chosen).close()
    words = _("The tables are up to date (revision {after}, before: {before}).")
    copied = [_("Copy of the database from before: {file}").format(file=copy)] if copy else []
    lines = [words.format(after=after, before=before or "—"), *copied]
    report({"before": before, "after": after, "copy": copy}, as_json, lines)


def check(as_json: JSON = False) -> None:
    """Look whether folder, keys, database and log are well; exit code 1 when something is not."""
    found = checks.all_of(settings())
    lines = (f"{'OK ' if one.is_well else '!! '} {_(one.name)}: {one.said}" for one in found)
    report([asdict(one) for one in found], as_json, lines)
    if not all(one.is_well for one in found):
        raise typer.Exit(1)
