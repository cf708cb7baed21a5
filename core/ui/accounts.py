"""The parts of the accounts page: one account with what each of the administrators may do with it, and a new one."""

import streamlit as st

from core.accounts import commands, rules
from core.accounts.models import Account
from core.accounts.queries import AccountLine
from core.kernel import lines
from core.kernel.access import roles
from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.ui.areas import tree
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import card, facts, hint

TONES = {
    rules.State.ACTIVE: "ok",
    rules.State.WAITING: "warn",
    rules.State.LOCKED: "bad",
    rules.State.DISABLED: "",
}
LEVELS = "　"


def role_names() -> dict[str, str]:
    """Every role that an account may have, by its name for the screen."""
    return {name: _(role.title) for name, role in roles().items() if not role.internal}


def post_name(role: str, line: str) -> str:
    """What somebody is: the role, or the line of a department."""
    title = _(roles()[role].title) if role in roles() else role
    return f"{title}（{lines.side_name(line)}）" if line else title


def _post(uow: UnitOfWork, key: str, account: AccountLine | None = None) -> dict[str, str]:
    """Role, branch, and for departments the line."""
    names, places = role_names(), tree(uow, kind="general")
    paths, known = list(places), lines.titles()
    with st.grid(min_column_width=220):
        role = st.selectbox(
            _("Role"),
            list(names),
            format_func=lambda r: names[r],
            key=f"{key}-role",
            index=list(names).index(account.role) if account else 0,
        )
        area = st.selectbox(
            _("Branch"),
            paths,
            key=f"{key}-area",
            index=paths.index(account.area) if account and account.area in paths else 0,
            format_func=lambda p: LEVELS * (p.count("/") - paths[0].count("/")) + places[p].name,
        )
        line = st.selectbox(
            _("Line of the department"),
            ["", *known],
            key=f"{key}-line",
            index=list(known).index(account.line) + 1 if account and account.line in known else 0,
            format_func=lambda one: known.get(one, "—"),
            help=_("Only for department accounts."),
        )
    return {"role": str(role), "area": str(area), "line": str(line or "")}


def new_account(uow: UnitOfWork) -> None:
    """Make an account; its first password is shown once."""
    form = Form("account_new")
    with st.form(form.key, border=False):
        values = form.ask([declared(Account)[name] for name in ("login", "name")])
        chosen = _post(uow, form.key)
        hint(_("The security administrator approves the account before its owner can sign in."))
        if form.handed_in(_("Make the account")):
            with form.saving(_("The account is made.")):
                fresh = commands.add_account(uow, **values, **chosen)
                _show_password(fresh)


def _show_password(fresh: commands.NewAccount) -> None:
    st.success(
        _("First password of {login}: hand it over in person; it is shown only now.").format(
            login=fresh.login
        )
    )
    st.code(fresh.password, language=None)


def account_card(uow: UnitOfWork, account: AccountLine, area: str) -> None:
    """One account in full, with the actions of the actor's own office."""
    with card("account", f"{account.name}（{account.login}）", "badge"):
        facts(
            {
                _("State"): _(rules.STATES[account.state]),
                _("Role"): post_name(account.role, account.line),
                _("Branch"): area,
                _("Approved by"): account.approved_by,
                _("Last seen"): account.last_seen,
                _("Locked until"): account.locked_until,
                _("Must change the password"): account.must_change,
            }
        )
        with st.container(horizontal=True), show_problems():
            if uow.actor.may("account.edit"):
                _edit_actions(uow, account)
            if uow.actor.may("account.approve"):
                _approve_actions(uow, account)
        if uow.actor.may("account.edit"):
            _edit_form(uow, account)


def _done(message: str) -> None:
    st.toast(message, icon=":material/check_circle:")
    st.rerun()


def _edit_actions(uow: UnitOfWork, account: AccountLine) -> None:
    if st.button(_("New first password"), key="reset", icon=":material/key:"):
        _show_password(commands.reset_password(uow, account.id))
    closed = account.state is rules.State.DISABLED
    if st.button(
        _("Open again") if closed else _("Close the account"), key="disable", icon=":material/block:"
    ):
        commands.set_disabled(uow, account.id, not closed)
        _done(_("Saved."))


def _approve_actions(uow: UnitOfWork, account: AccountLine) -> None:
    if not account.approved_by and st.button(
        _("Approve"), key="approve", type="primary", icon=":material/verified_user:"
    ):
        commands.approve(uow, account.id)
        _done(_("Approved."))
    if account.state is rules.State.LOCKED:
        if st.button(_("Unlock"), key="unlock", icon=":material/lock_open:"):
            commands.unlock(uow, account.id)
            _done(_("Unlocked."))
    elif st.button(_("Lock"), key="lock", icon=":material/lock:"):
        commands.lock(uow, account.id)
        _done(_("Locked."))
    if st.button(_("Sign out everywhere"), key="out", icon=":material/logout:"):
        commands.sign_out_account(uow, account.id)
        _done(_("Signed out everywhere."))


def _edit_form(uow: UnitOfWork, account: AccountLine) -> None:
    with st.expander(_("Correct name, role or branch"), icon=":material/edit:"):
        form = Form(f"account-{account.id}", seen=account.version)
        form.current = account.version
        with st.form(form.key, border=False):
            known = [declared(Account)[name] for name in ("name", "subject")]
            values = form.ask(known, {"name": account.name, "subject": account.subject})
            chosen = _post(uow, form.key, account)
            if form.handed_in(_("Save")):
                with form.saving(_("Saved.")):
                    commands.edit_account(
                        uow,
                        account.id,
                        seen=form.seen,
                        **{**values, "subject": values["subject"] or None},
                        **chosen,
                    )
                    st.rerun()
