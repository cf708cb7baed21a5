"""The copy of what is held about a person: a page to read and the pictures, in one archive."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

from core.attachments.taking import Served
from core.kernel import files, grants
from core.kernel.discovery import discover
from core.kernel.extensions import Holding, Section
from core.kernel.fields import CHINA
from core.kernel.i18n import _, language
from core.kernel.kinds import record_of
from core.kernel.problems import Missing, Refused
from core.kernel.unit_of_work import UnitOfWork, command
from core.rights.queries.of_held import pictures_of

PACKAGE = "core.held"
Parts = list[tuple[str, str, Section]]
"""Title, why it is held, and what there is."""
STYLE = (
    "body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2733}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;"
    "border-bottom:1px solid #dfe4ea;vertical-align:top}h2{margin-top:2rem;font-size:1.1rem}"
)


@command("subject.export")
def held_parts(uow: UnitOfWork, person_id: int) -> Parts:
    """Everything that is held about a person, in full, part by part; numbers are opened for a reason."""
    record_of(uow, "Person", person_id)
    uow.because(uow.reason or _("Copy of what is held"))
    known = sorted(discover(PACKAGE, Holding).items(), key=lambda item: (item[1].order, item[0]))
    shown = ((one, one.show(uow, person_id)) for _name, one in known if uow.actor.may(one.needs))
    return [(_(one.title), why(one), section) for one, section in shown if section is not None]


def why(one: Holding) -> str:
    """What a part is held for and what allows it, in the reader's language."""
    return " ".join(_(said) for said in (one.purpose, one.basis) if said)


def copy_of(uow: UnitOfWork, person_id: int, grant: str) -> Served:
    """The archive, for whoever was given leave. Raises Refused, Missing."""
    if not grants.fits(grant, "held", person_id, uow.actor):
        raise Refused(_("Say why you need to see this."))
    parts = held_parts(uow, person_id)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "index.html", page(parts, f"{uow.now.astimezone(CHINA):%Y-%m-%d %H:%M}", uow.actor.login)
        )
        for name, digest in pictures_of(uow, person_id):
            try:
                archive.writestr(name, files.read(uow.office, digest))
            except Missing:
                continue
    return Served(out.getvalue(), "application/zip", f"copy-{person_id}")


def page(parts: Parts, made_at: str, made_by: str) -> str:
    """The parts as one page that needs nothing else."""
    title = escape(_("What is held about you"))
    spoken = language.get().replace("_", "-")
    head = f'<!doctype html><html lang="{spoken}"><meta charset="utf-8"><title>{title}</title>'
    made = escape(_("Made on {when} by {who}.").format(when=made_at, who=made_by))
    body = "".join(_part(*part) for part in parts)
    return f"{head}<style>{STYLE}</style><h1>{title}</h1><p>{made}</p>{body}</html>"


def _part(title: str, reason: str, section: Section) -> str:
    facts = "".join(_row((label, value)) for label, value in section.facts.items() if value not in (None, ""))
    heading = "".join(f"<th>{escape(label)}</th>" for _name, label in section.columns)
    names = [name for name, _label in section.columns]
    rows = "".join(_row([cells.get(name) for name in names]) for cells, _href in section.rows)
    table = f"<table><tr>{heading}</tr>{rows}</table>" if section.rows else ""
    nothing = escape(section.empty or _("Nothing."))
    said = "" if facts or rows else f"<p>{nothing}</p>"
    head = f"<h2>{escape(title)}</h2>" + (f"<p><small>{escape(reason)}</small></p>" if reason else "")
    return f"{head}{f'<table>{facts}</table>' if facts else ''}{table}{said}"


def _row(cells: Sequence[object]) -> str:
    return "<tr>" + "".join(f"<td>{escape('' if c is None else str(c))}</td>" for c in cells) + "</tr>"
