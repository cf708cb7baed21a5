"""Reading a door label: by the phone's camera, from a photo, or by typing what stands on it."""

import io

import streamlit as st
import zxingcpp
from PIL import Image

from core.kernel import files
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid, Missing, Problem
from core.kernel.unit_of_work import UnitOfWork
from core.labels.queries import FoundHouse, found
from core.ui import url
from core.ui.assets import STATIC, code, imported
from core.ui.component import go
from core.ui.page import problem, show_problems
from core.ui.pieces import hint, link

WORDS = (
    N_("Scan with the camera"),
    N_("Hold the QR code of the label inside the frame."),
    N_("Light"),
    N_("Other camera"),
    N_("Stop"),
    N_("Try again"),
    N_("Read. Opening the home…"),
    N_(
        "The camera is not allowed here. Allow it for this page in the browser's settings, or use a photo or the code "
        "below."
    ),
    N_("This device has no camera. Use a photo or the code below."),
    N_("The camera is used by another app. Close that one and try again."),
    N_("The camera does not start. Use a photo or the code below."),
    N_(
        "Browsers give the camera to https pages only. Use a photo or the code below, or ask the system administrator "
        "for the https address."
    ),
)
"""What static/scan.mjs says."""

_SCAN = st.components.v2.component(
    "lingrid_scan",
    html='<div class="scan" role="status">\n</div>',
    css=(STATIC / "scan.css").read_text(encoding="utf-8"),
    js=imported(code("scan.mjs")),
)


def asked_text() -> str:
    """What is to be opened: from the address, the camera, a photo or the keyboard; "" for nothing yet."""
    return url.text("text") or _by_camera() or _by_photo() or _by_hand()


def _by_camera() -> str:
    told = _SCAN(key="scan", data={"words": {text: _(text) for text in WORDS}}, on_found_change=lambda: None)
    return str(told.found or "")


def _by_photo() -> str:
    """The code in a photo: the way for a page without https, where browsers keep the camera to themselves."""
    chosen = st.file_uploader(_("Photo of the label"), ["jpg", "jpeg", "png"], key="scan-photo")
    if chosen is None:
        return ""
    with show_problems():
        return read(chosen.getvalue())
    return ""


def read(picture: bytes) -> str:
    """The text of the QR code in a picture. Raises Invalid when none can be read, or for what is no picture."""
    image = Image.open(io.BytesIO(files.checked(picture).data)).convert("L")
    codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    if not codes:
        raise Invalid(
            _("No QR code can be read in this photo. Go nearer, hold still, and avoid reflections.")
        )
    return codes[0].text


def _by_hand() -> str:
    with st.form("scan-hand", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            _("Short code or house code"),
            key="scan-typed",
            placeholder=_("As printed on the label"),
            autocomplete="off",
        )
        pressed = st.form_submit_button(_("Open"), icon=":material/arrow_forward:")
    return (typed or "").strip() if pressed else ""


def open_door(uow: UnitOfWork, text: str) -> None:
    """Go to the visit of the home that a label names; say politely why when there is none for this worker."""
    try:
        home = found(uow, text)
    except Missing:
        problem(
            _("This door is not in your area, or the label is not known here."),
            _(
                "Visits are for the homes of your own grid. Ask the worker whose grid it is, or the community."
            ),
        )
    except Problem as trouble:
        problem(trouble.sentence)
    else:
        _opened(home)


def _opened(home: FoundHouse) -> None:
    address = f"visit?id={home.house_id}&way=scan"
    if home.is_current:
        go(address)
    st.warning(
        _(
            "This label or code is no longer in use: it was replaced, reported lost, or belongs to a closed house."
        ),
        icon=":material/warning:",
    )
    hint(_("Take the old label off when you see it at the door, so that residents scan the new one."))
    link(_("Open the home all the same"), address, "door_front")
