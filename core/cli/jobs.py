"""`jobs`: the work that takes longer than a click, for offices that have cron do the night's work."""

from dataclasses import asdict

import typer

from core.cli.console import JSON, at_work, both, opened, report
from core.kernel.i18n import N_, _
from core.kernel.jobs import queries, runner
from core.kernel.jobs.models import TITLES, State

app = typer.Typer(help=both(N_("Jobs and the night's work.")), no_args_is_help=True)
FOREVER = float("inf")


@app.command(help=both(N_("Do what waits and what the night owes, then end: for cron.")))
def run(as_json: JSON = False) -> None:
    """Give up jobs whose process died, plan the turns of the last night that nobody took, and do what waits."""
    runner.load()
    done = 0
    with opened() as office:
        runner.look_round(office, FOREVER)
        while runner.run_next(office):
            done += 1
    report({"done": done}, as_json, [_("{n} jobs were done.").format(n=done)])


@app.command("list", help=both(N_("The newest jobs and how they ended.")))
def show(as_json: JSON = False) -> None:
    """The newest jobs and how they ended."""
    runner.load()
    with opened() as office:
        found = queries.jobs(at_work(office)).items
    lines = (
        f"{one.made_at.astimezone():%Y-%m-%d %H:%M}  {_(TITLES[State(one.state)]):<8} {one.title}  {one.error}"
        for one in found
    )
    report([asdict(one) for one in found], as_json, lines)
