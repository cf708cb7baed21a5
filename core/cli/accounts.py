"""`user`: accounts from the command line, for the first administrators and for a forgotten password."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from core.accounts import commands, queries
from core.accounts.commands import NewAccount
from core.accounts.rules import STATES
from core.cli.console import JSON, at_work, both, opened, report, say
from core.kernel.access import roles
from core.kernel.i18n import N_, _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork
from core.places.queries import areas, my_root

app = typer.Typer(help=both(N_("Accounts of the people who work here.")), no_args_is_help=True)

Login = Annotated[str, typer.Argument(help=both(N_("Sign-in name")))]


@app.command(help=both(N_("Make an account and print its first password.")))
def add(
    login: Login,
    name: Annotated[str, typer.Option(help=both(N_("Name")), prompt=both(N_("Name")))],
    role: Annotated[str, typer.Option(help=both(N_("Role")), prompt=both(N_("Role")))],
    area: Annotated[str, typer.Option(help=both(N_("Path or code of the area; empty: all of it")))] = "",
    line: Annotated[
        str, typer.Option(help=both(N_("Department line, such as civil; only for departments")))
    ] = "",
    as_json: JSON = False,
) -> None:
    """Make an account, approve it and print its first password."""
    with opened() as office:
        uow = at_work(office)
        place = _path(uow, area)
        made = commands.add_account(uow, login=login, name=name, role=role, area=place, line=line)
        commands.approve(uow, made.id)
        _show(made, as_json)


@app.command(help=both(N_("Give somebody a new first password.")))
def reset(login: Login, as_json: JSON = False) -> None:
    """Give somebody a new first password, open the account again and sign them out."""
    with opened() as office:
        uow = at_work(office)
        found = [line for line in queries.accounts(uow) if line.login == login.strip().lower()]
        if not found:
            raise Missing(_("There is no account {login}.").format(login=login))
        made = commands.reset_password(uow, found[0].id)
        commands.unlock(uow, made.id)
        _show(made, as_json)


@app.command("list", help=both(N_("Who may sign in.")))
def show(as_json: JSON = False) -> None:
    """Who may sign in, as what and where."""
    with opened() as office:
        found = [asdict(line) for line in queries.accounts(at_work(office))]
        report(found, as_json, map(_line, found))


def _line(one: dict[str, Any]) -> str:
    title, state = roles()[one["role"]].title, STATES[one["state"]]
    return f"{one['login']:<16} {one['area']}  {one['name']}  {_(title)}  {_(state)}"


def _path(uow: UnitOfWork, area: str) -> str:
    """The path of the area with this path or code. Raises Missing."""
    if not area:
        return my_root(uow).area
    found = [line.area for line in areas(uow) if area in (line.area, line.area.rstrip("/"), line.code)]
    if not found:
        raise Missing(_("There is no area {area}.").format(area=area))
    return found[0]


def _show(made: NewAccount, as_json: bool) -> None:
    if as_json:
        report(asdict(made), True, ())
    else:
        say(N_("{login} signs in with {password} and then chooses a new password."), **asdict(made))
