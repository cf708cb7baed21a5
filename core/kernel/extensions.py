"""The kinds of thing that can be added as one file. This file is the whole plug-in interface.

A package such as `core/panels` holds one thing in each module; `discovery.py` finds it, and a module that holds none or
two stops the app.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.kernel.i18n import N_, _

if TYPE_CHECKING:
    from sqlalchemy import Select

    from core.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way to another page: its words, icon and address such as "organisation?id=12"."""

    label: str
    href: str
    icon: str = "open_in_new"


@dataclass(frozen=True, kw_only=True)
class Section:
    """What a panel shows: facts by their labels, then a table (name and heading of each column, cells by name), then
    links. `empty` is said when there is nothing, with the way to go; `title` where it stands alone, as a card does."""

    title: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    columns: Sequence[tuple[str, str]] = ()
    rows: Sequence[tuple[Mapping[str, object], str]] = ()
    links: Sequence[Link] = ()
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show but `empty` and the links."""
        return not self.facts and not self.rows


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A section that a profile page gains from any domain. `of` is the kind of record whose page it stands on, `show`
    gives the section for the record's number, or None when there is nothing worth a heading."""

    title: str
    of: str
    needs: str
    icon: str
    show: "Callable[[UnitOfWork, int], Section | None]"
    order: int = 50


@dataclass(frozen=True)
class Due:
    """A record whose time is over: its number, where it stands, since when the period counts, and what a hold would
    speak of (itself, or the record it is attached to)."""

    record_id: int
    area: str
    since: date
    about_kind: str
    about_id: int


@dataclass(frozen=True, kw_only=True)
class DataKind:
    """A kind of data that is kept for a time only; its period stands in data/retention.toml under the module's name.

    `due` gives what counts since before a day, oldest first and not more than asked for, inside a query. `remove` takes
    one away for good, as a job. `is_listed`: only after a second person has approved the list; else every night. A
    kind without them is kept, and says in `counts_from` why.
    """

    title: str
    counts_from: str
    due: "Callable[[UnitOfWork, date, int], Sequence[Due]] | None" = None
    remove: "Callable[[UnitOfWork, int], None] | None" = None
    is_listed: bool = True


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A part of what is held about somebody: `show` gives it for the copy that a person asks for, in full, inside a
    command, and masked for the person's own page, inside a query; None when nothing is held. `purpose` says what for it
    is held, `basis` what law or consent allows it."""

    title: str
    needs: str
    show: "Callable[[UnitOfWork, int], Section | None]"
    purpose: str = ""
    basis: str = ""
    order: int = 50


Rule = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""What must be true among the values of an entry: values by field -> a sentence at each field that cannot be."""


@dataclass(frozen=True, kw_only=True)
class Register:
    """A register (台账): one file says all of it, and table, form, list, filters, search, import and export follow.

    `record` has the fields; `listed`, `filters` and `searched` name those that appear there. `title_of` names an entry;
    "" stands for the person or house it points at. `key` are the fields that make two lines of a sheet the same entry.
    `due` is the day by which somebody must look again; left empty it is `due_days` after the day in `due_from`.
    `is_personal`: entries are titled by people, so they are found only by those who see names.

    The rest is filled in by the program: `of` names the fields of an office's own. A register that an office designed
    has a `number`, uses `only` some fields of its record under `labels` of its own, is for the roles `seen_by` and
    `written_by`, and may have ended.
    """

    title: str
    about: str
    icon: str
    record: type[Any]
    title_of: Callable[[Any], str]
    listed: tuple[str, ...]
    filters: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    due: str = ""
    due_from: str = ""
    due_days: int = 0
    rules: tuple[Rule, ...] = ()
    examples: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    view: str = "register.view"
    edit: str = "register.edit"
    export: str = "register.export"
    is_personal: bool = False
    order: int = 50
    of: str = ""
    number: int = 0
    name: str = ""
    only: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    seen_by: frozenset[str] = frozenset()
    written_by: frozenset[str] = frozenset()
    is_ended: bool = False


def in_order(first: str, last: str, sentence: str) -> Rule:
    """A rule: of two days, both filled in, the second is not before the first."""

    def hold(values: Mapping[str, Any]) -> Mapping[str, str]:
        start, end = values.get(first), values.get(last)
        return {last: _(sentence)} if start and end and end < start else {}

    return hold


@dataclass(frozen=True, kw_only=True)
class SmsGateway:
    """A way to send a short message. `is_set` says whether the office has set it up, `send` gives one text to one
    number and raises Unavailable when the message cannot be handed over."""

    title: str
    is_set: Callable[[], bool]
    send: Callable[[str, str], None]


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A person tied to a thing of another domain: `key` names the thing, `label` is what it is called, `says` what the
    person is to it, `href` its page."""

    person_id: int
    key: str
    label: str
    says: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Ties:
    """Things that hang on people in the relation graph, from any domain. `around` gives the ties of some people, as far
    as the actor sees them."""

    title: str
    needs: str
    around: "Callable[[UnitOfWork, Sequence[int]], Sequence[Tie]]"


@dataclass(frozen=True)
class Fix:
    """Where a device was (WGS-84 degrees), when, and within how many metres."""

    at: datetime
    lon: float
    lat: float
    accuracy: float | None = None


@dataclass(frozen=True, kw_only=True)
class PositionSource:
    """A protocol by which the positions of staff come in. `read` turns one message, its parameters and its body, into
    fixes; it raises Invalid for what it cannot read. Whose they are and which are kept is not its business: that is
    for the sign-in and the shift (core/staff/commands).
    """

    title: str
    read: Callable[[Mapping[str, str], bytes], Sequence[Fix]]


@dataclass(frozen=True, kw_only=True)
class CardReader:
    """A way to read a photographed identity document on this machine. `read` turns the picture, as it came, into texts
    by the fields of a person (name, document_kind, document_no, sex, birth), as far as it is sure of them; it raises
    Invalid for a picture that it cannot read. It keeps nothing."""

    title: str
    read: Callable[[bytes], Mapping[str, str]]


GROUPS = {
    "grids": N_("Grids"),
    "people": N_("People"),
    "places": N_("Places and houses"),
    "matters": N_("Matters"),
    "things": N_("Things"),
    "situations": N_("Situation"),
    "organisations": N_("Organisations"),
}
"""The groups of layers on the map, in their order: 格、人、地、事、物、情、组织."""


@dataclass(frozen=True)
class Kind:
    """One line of a legend: its key as it stands in the rows, its words and its colour, such as "#1f77b4"."""

    key: str
    label: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What of a layer is asked for: kinds by their keys (none: all), days from and to (both included), a path of the
    area tree ("" for all in sight)."""

    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    under: str = ""


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A layer of the map: tiles, legend, card, counts inside a shape, lists, exports and OGC follow from `rows`.

    `rows` gives, inside a query, a SELECT of one row for each thing, over mapped columns (the branch is added by
    itself), with these labels:

    - id, area, cell, lon, lat, kind: always; `kind` is a key of the legend, "" where there is only one;
    - spot: where several things share one feature (the houses of a building): its number, which then is the feature's;
    - number: what a row counts for, instead of 1;
    - day: a dated layer's day, by which it is filtered;
    - polygon: rings as in GeoJSON, of a shape "building" or "area"; zoom: the first zoom at which an area is drawn;
    - name, and any other: properties of the feature as they are. Never a person's name or number.

    `card` gives the essentials of a thing, inside a query that asked for `needs` only.

    `placed` is the record whose `cell` narrows the rows; None where they are few and are read whole (areas). Below
    `from_zoom` the map shows numbers per area and kind, from it on the things themselves. `tally` gives the rows for
    those numbers (area, kind, number, day), where that is cheaper without places. Who lacks `needs` but has `counts`
    sees the numbers at every zoom. `of` are the kinds of record after whose changes the layer is drawn anew; where that
    is dear, at most every `pause` seconds.
    The engine narrows by cells and by the choice: `rows` looks at the choice only where it must itself.
    """

    title: str
    about: str
    group: str
    icon: str
    needs: str
    shape: str
    of: tuple[type[Any], ...]
    placed: type[Any] | None
    rows: "Callable[[UnitOfWork, Choice], Select[Any]]"
    legend: "Callable[[UnitOfWork], Sequence[Kind]]"
    card: "Callable[[UnitOfWork, int], Section] | None" = None
    tally: "Callable[[UnitOfWork, Choice], Select[Any]] | None" = None
    opens: str = ""
    from_zoom: int = 15
    counts: str = ""
    is_dated: bool = False
    is_on: bool = False
    pause: int = 0
    order: int = 50
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitReason:
    """Why a home stands on the visit list of its grid: one file in `core/visit_reasons`.

    `due` gives, inside a query, a SELECT of (number of the house, how many, since when or None) over the homes of one
    grid, by its path and the days after which the office asks: the `usual` ones, or as a lead has set them for an area
    under the heading `asks` ("": nothing to set). `opens` is the page where the matter is settled, when a visit alone
    does not. Who lacks `needs` is not told. Small `order` is said first; what `is_pressing` does not wait for the day
    on which somebody comes again.
    """

    title: str
    needs: str
    due: "Callable[[UnitOfWork, str, int], Select[Any]]"
    usual: "Callable[[UnitOfWork], int]"
    asks: str = ""
    opens: str = ""
    tone: str = "warn"
    is_pressing: bool = False
    order: int = 50
