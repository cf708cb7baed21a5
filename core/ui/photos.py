"""Photos and documents of a record: small pictures, one of them large, and what may be done with it."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from core.attachments import commands, queries
from core.attachments.models import Attachment
from core.attachments.queries import Line
from core.attachments.queries.of_attachments import keeps, sees
from core.attachments.taking import take
from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.problems import Problem
from core.kernel.unit_of_work import UnitOfWork
from core.ui import url
from core.ui.component import leading
from core.ui.form import ask
from core.ui.page import show_problems
from core.ui.pieces import card, coded, facts, hint, said

_PHOTOS = leading("photos")
ENDINGS = ["jpg", "jpeg", "png", "webp", "pdf"]
FIELDS = ("kind", "note", "is_sensitive")


def photos(uow: UnitOfWork, kind: str, number: int, *, page: str = "", usual: str = "other") -> None:
    """The card of a record's photos; nothing for who may not see them. `page` is the one it stands on when that is not
    called like the kind of record, `usual` the kind of picture most often added."""
    if not sees(uow.actor, kind):
        return
    with card(f"photos_{number}", _("Photos and documents"), "photo_library"), show_problems():
        found = queries.gallery(uow, kind, number)
        chosen = next((one for one in found if one.id == url.number("photo")), None)
        if found:
            _PHOTOS(
                f"photos-{number}", {"photos": [_small(one, chosen, page or kind.lower()) for one in found]}
            )
        else:
            hint(_("There is no photo or document yet."))
        if chosen:
            _large(uow, chosen)
        if keeps(uow.actor, kind):
            with st.container(horizontal=True):
                _add(uow, kind, number, usual)
                _removed(uow, kind, number)


def _small(one: Line, chosen: Line | None, page: str) -> dict[str, object]:
    """One picture of the gallery."""
    place = {**dict(st.query_params), "photo": str(one.id)}
    title = one.note or one.name or coded("picture_kind", one.kind)
    return {
        "href": f"/{page}?{urlencode(place)}",
        "src": f"/api/files/{one.id}?size=thumb" if one.is_picture else "",
        "alt": title,
        "caption": title,
        "mark": _("Sensitive") if one.is_sensitive else "",
        "chosen": chosen is not None and chosen.id == one.id,
    }


def _large(uow: UnitOfWork, one: Line) -> None:
    """The chosen one, its facts, and what may be done with it."""
    if one.is_sensitive:
        _with_reason(uow, one)
    elif one.is_picture:
        _picture(f"/api/files/{one.id}", one)
    else:
        saving_link(_("Save the document"), f"/api/files/{one.id}")
    facts(
        {
            _("What it shows"): coded("picture_kind", one.kind),
            _("Caption"): one.note,
            _("Taken at"): one.taken_at,
            _("Added"): f"{said(one.added_at)} {one.added_by}",
            _("Kept until"): one.delete_after or _("as long as the record"),
        }
    )
    if keeps(uow.actor, one.about_kind):
        with st.container(horizontal=True):
            _edit(uow, one)
            if st.button(_("Remove"), key=f"photo-remove-{one.id}", icon=":material/delete:"):
                commands.remove_attachment(uow, one.id)
                st.toast(_("Removed. It can be put back for 30 days."), icon=":material/undo:")
                url.keep(photo=None)
                st.rerun()


def _picture(address: str, one: Line) -> None:
    st.html(f'<img class="photo" src="{address}" alt="" width="{one.width}" height="{one.height}">')


def saving_link(label: str, address: str) -> None:
    """A link that saves what a route of ours serves."""
    st.html(f'<p><a href="{escape(address)}" download>{escape(label)}</a></p>')


def _with_reason(uow: UnitOfWork, one: Line) -> None:
    """Ask why, then show it for some minutes with the viewer's name across."""
    key = f"photo-grant-{one.id}"
    if not uow.actor.may("photo.sensitive"):
        hint(_("Your role does not open sensitive pictures."))
        return
    with st.form(f"photo-why-{one.id}", border=False):
        reason = st.text_input(_("Reason"), key=f"photo-reason-{one.id}", max_chars=100)
        hint(
            _(
                "Your name, the time and the reason are written into the audit log, and your name across the picture."
            )
        )
        if st.form_submit_button(_("Show"), icon=":material/visibility:"):
            with show_problems():
                st.session_state[key] = commands.open_sensitive(uow, one.id, reason)
    if grant := st.session_state.pop(key, ""):
        address = f"/api/files/{one.id}?{urlencode({'grant': grant})}"
        _picture(address, one) if one.is_picture else saving_link(_("Save the document"), address)


def _edit(uow: UnitOfWork, one: Line) -> None:
    with (
        st.popover(_("Correct"), icon=":material/edit:"),
        st.form(f"photo-edit-{one.id}-{one.version}", border=False),
    ):
        known = declared(Attachment)
        given = {name: ask(known[name], f"photo-{name}-{one.id}", getattr(one, name)) for name in FIELDS}
        if st.form_submit_button(_("Save"), type="primary"):
            with show_problems():
                sensitive = bool(given.pop("is_sensitive"))
                commands.edit_attachment(uow, one.id, seen=one.version, sensitive=sensitive, **given)
                st.rerun()


def _add(uow: UnitOfWork, kind: str, number: int, usual: str) -> None:
    """Take in photos from the disk or, on a phone, from its camera."""
    turn = st.session_state.setdefault(f"photo-turn-{kind}-{number}", 0)
    key = f"photo-new-{kind}-{number}-{turn}"
    with (
        st.popover(_("Add photos or documents"), icon=":material/add_a_photo:"),
        st.form(key, border=False),
    ):
        files = st.file_uploader(_("Photos or PDF"), ENDINGS, accept_multiple_files=True, key=f"{key}-files")
        hint(_("On a phone this offers the camera. Position and camera data in a photo are taken out."))
        known = declared(Attachment)
        given = {
            name: ask(known[name], f"{key}-{name}", usual if name == "kind" else None) for name in FIELDS
        }
        if st.form_submit_button(_("Add"), type="primary", icon=":material/upload:"):
            sensitive = bool(given.pop("is_sensitive"))
            done = st.session_state.setdefault(f"{key}-done", set())  # those taken, when others are refused
            for file in [f for f in files if f.file_id not in done]:
                if _took(uow, kind, number, file.name, file.getvalue(), sensitive, given):
                    done.add(file.file_id)
            if not files:
                st.error(_("Choose at least one file."))
            elif len(done) == len(files):
                st.session_state[f"photo-turn-{kind}-{number}"] = turn + 1
                st.rerun()


def _took(
    uow: UnitOfWork, kind: str, number: int, name: str, data: bytes, sensitive: bool, given: dict[str, str]
) -> bool:
    """Whether a file was taken; a sentence under its name when it was not."""
    try:
        take(uow, kind, number, data, name=name, sensitive=sensitive, **given)
    except Problem as trouble:
        st.error(f"{name}: {trouble.sentence}")
        return False
    st.toast(_("Added."), icon=":material/check_circle:")
    return True


def _removed(uow: UnitOfWork, kind: str, number: int) -> None:
    """What was removed and can be put back."""
    found = queries.removed(uow, kind, number)
    if not found:
        return
    with st.popover(_("Removed ({n})").format(n=len(found)), icon=":material/undo:"):
        for one in found:
            label = f"{one.note or one.name or coded('picture_kind', one.kind)} · {said(one.removed_at)}"
            if st.button(label, key=f"photo-back-{one.id}", icon=":material/undo:", width="stretch"):
                with show_problems():
                    commands.put_back(uow, one.id)
                    st.rerun()
