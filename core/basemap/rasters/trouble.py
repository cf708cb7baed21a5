"""What can be wrong with a source of pictures."""

from core.kernel.i18n import N_

SENTENCES = {
    "unreachable": N_("The service does not answer. What was fetched before is still shown."),
    "refused": N_("The service refuses: look at the key and at what it is allowed for ({detail})."),
    "answered": N_("The service answers with an error ({detail})."),
    "private": N_(
        "The address leads into a network of our own ({detail}); say so at the source if that is meant."
    ),
    "picture": N_("What the service sends is no picture."),
    "large": N_("What the service sends is too large for a tile."),
    "gone": N_("The file is not in the folder basemap."),
    "broken": N_("The file is damaged or of another kind."),
    "vector": N_("The file holds lines and areas, not pictures."),
    "packed": N_("The file is packed in a way that cannot be read; make it with gzip or none."),
}


class Trouble(Exception):
    """Why a source gave no picture: a key of SENTENCES, and what fills the place in it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail
