"""What the map says: the texts of `static/map`, which speak through words from Python in the reader's language."""

from core.kernel.i18n import N_, _

WORDS = (
    N_("Map panel"),
    N_("Map tools"),
    N_("Raise or lower the panel"),
    N_("What was picked"),
    N_("Map: arrow keys move it, plus and minus zoom, Shift with arrow keys turns and tilts"),
    N_("You are signed out. Load the page anew."),
    N_("The office does not answer."),
    N_("The map could not be opened."),
    N_("Load the page anew; the lists work without it."),
    N_("This browser cannot draw the map."),
    N_("Everything on it stands in the list."),
)


def words() -> dict[str, str]:
    """Each text -> what it is in the reader's language."""
    return {text: _(text) for text in WORDS}
