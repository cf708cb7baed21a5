"""Parts of the pages about staff in the field: the live map, the replay, shifts and looks as tables."""

from collections.abc import Sequence
from datetime import timedelta

from core.kernel.fields import CHINA
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.staff.queries import LookLine, ShiftLine, Track
from core.staff.rules import GAP
from core.ui.map import grid_map
from core.ui.pieces import facts, said
from core.ui.table import Column, Row, chip, table

WORDS = (
    N_("On a shift"),
    N_("Positions could not be fetched; the last known ones are shown."),
    N_("Nobody is on a shift now. A worker appears here when they begin one, and leaves when it ends."),
    N_("{n} on a shift; refreshed every 10 seconds"),
    N_("Track of this shift (the look is written down)"),
    N_("no position yet"),
    N_("just now"),
    N_("{n} min ago"),
    N_("Replay"),
    N_("The track could not be fetched."),
    N_("No positions are kept of this shift."),
    N_("Time of the shift"),
    N_("Speed"),
    N_("Play"),
    N_("Pause"),
    N_("{n} min"),
    N_("{km} km, {n} positions"),
    N_("Keep it in the middle"),
    N_("Space plays and pauses; comma and full stop go a minute back and on."),
    N_("Stays of four minutes or more"),
    N_("None."),
)
"""What static/map/live.mjs and replay.mjs say."""


def live_map(uow: UnitOfWork) -> None:
    """Everybody of the branch who is on a shift, on the map; it asks for news by itself."""
    extra = {"words": _words(), "mayTrack": uow.actor.may("staff.track")}
    grid_map(uow, key="live", mode="live", extra=extra)


def replay_map(uow: UnitOfWork, track: Track, *, is_own: bool = False) -> None:
    """The track of a shift, to be played again."""
    extra = {"words": _words(), "shift": str(track.id), "own": is_own, "gap": GAP}
    grid_map(uow, key="replay", mode="replay", extra=extra, height=560)


def track_facts(track: Track) -> None:
    """When a shift was and how far it led."""
    facts(
        {
            _("Begun"): track.started_at,
            _("Ended"): _("under way") if track.is_open else said(track.ends_at),
            _("Way (km)"): f"{track.metres / 1000:.1f}" if track.spots else None,
            _("Positions"): len(track.spots) or _("None is kept any more."),
        }
    )


def stay_table(track: Track) -> None:
    """Where the track stood still, for who reads rather than looks at a map."""

    def at(second: int) -> str:
        return f"{(track.started_at + timedelta(seconds=second)).astimezone(CHINA):%H:%M}"

    table(
        (
            Column("time", N_("Stay"), "main"),
            Column("minutes", N_("Minutes"), "number"),
            Column("where", N_("Position"), "quiet"),
        ),
        [
            Row(
                {
                    "time": f"{at(first)}–{at(last)}",
                    "minutes": round((last - first) / 60),
                    "where": f"{lon:.5f}, {lat:.5f}",
                }
            )
            for first, last, lon, lat in track.stays
        ],
        key="stays",
    )


def shift_table(shifts: Sequence[ShiftLine], *, href: str, key: str, with_names: bool = True) -> None:
    """Shifts as rows; a click opens `href` with the number of the shift."""
    whose = (Column("name", N_("Worker"), "main"), Column("place", N_("Area"))) if with_names else ()
    table(
        (
            *whose,
            Column("begun", N_("Begun"), "" if with_names else "main"),
            Column("ended", N_("Ended"), "labelled"),
            Column("positions", N_("Positions"), "number"),
        ),
        [
            Row(
                {
                    "name": one.name,
                    "place": one.place,
                    "begun": said(one.started_at),
                    "ended": chip(_("under way"), "ok") if one.is_open else said(one.ends_at),
                    "positions": one.positions or None,
                },
                href=f"{href}{one.id}",
            )
            for one in shifts
        ],
        key=key,
    )


def look_table(looks: Sequence[LookLine]) -> None:
    """Who looked at where one was."""
    table(
        (
            Column("who", N_("Who"), "main"),
            Column("post", N_("Role")),
            Column("what", N_("What")),
            Column("at", N_("Time"), "labelled"),
        ),
        [
            Row(
                {
                    "who": one.who,
                    "post": one.post,
                    "what": chip(_("live map"), "info") if one.is_live else chip(_("track"), "warn"),
                    "at": said(one.at),
                }
            )
            for one in looks
        ],
        key="looks",
    )


def _words() -> dict[str, str]:
    return {text: _(text) for text in WORDS}
