"""`copy`: the office into another database, to go on there."""

from dataclasses import asdict
from typing import Annotated

import typer

from core.cli.console import JSON, at_work, both, opened, progress, report, say
from core.kernel.i18n import N_, _
from core.kernel.moving import move
from core.kernel.opening import open_office
from core.kernel.postgresql import shown
from core.kernel.restoring import write_down
from core.kernel.settings import settings


def copy(
    to: Annotated[str, typer.Option(help=both(N_("Address of the other database, an empty one")))],
    as_json: JSON = False,
) -> None:
    """Copy every row into another database and compare; the office itself stays as it is."""
    with opened() as office, progress(N_("Copying")) as bar:
        moved = move(office, to, lambda share: bar(share, ""))
        origin = shown(office.settings.url)
    goal = open_office(settings().model_copy(update={"database_url": to}))
    write_down(at_work(goal), origin)
    goal.close()
    lines = [f"{one.table:<30} {one.rows:>12,}  {one.digest}" for one in moved]
    total = _("{rows} rows in {tables} tables, each compared with its original.")
    lines.append(total.format(rows=f"{sum(one.rows for one in moved):,}", tables=len(moved)))
    report([asdict(one) for one in moved], as_json, lines)
    if not as_json:
        say(
            N_("Everything has arrived. From now on start with: {setting}"),
            setting=f"LINGRID_DATABASE_URL={shown(to)}",
        )
