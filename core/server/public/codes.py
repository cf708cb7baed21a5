"""The picture code: proves that somebody looks who can read, with no service from outside. Who cannot see the picture
answers a question in words instead. What is right stands sealed in the page itself, so no process must remember it."""

import io
import json
import secrets
from datetime import UTC, datetime

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from core.kernel import limits
from core.kernel.crypto import keyring
from core.kernel.database import Office
from core.kernel.i18n import N_, _
from core.kernel.problems import Unavailable
from core.kernel.texts import tidy

SIGNS = "ACDEFHJKLMNPRTUVWXY3479"
LENGTH, SECONDS, SIZE = 5, 900, (220, 72)
ABOUT = "picture-code"
NUMBERS = (
    *(N_("zero"), N_("one"), N_("two"), N_("three"), N_("four")),
    *(N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine")),
)


def fresh(said: str = "") -> str:
    """A new challenge: the picture's signs, the question's numbers and its moment, sealed for the page."""
    signs = said or "".join(secrets.choice(SIGNS) for _n in range(LENGTH))
    facts = [signs, 2 + secrets.randbelow(8), 2 + secrets.randbelow(8), _now()]
    return keyring().seal(json.dumps(facts), ABOUT)


def question(challenge: str) -> str:
    """The same in words, for who cannot see the picture."""
    _signs, one, other, _at = _opened(challenge)
    ask = _("What is {one} plus {other}? Type the number in digits.")
    return ask.format(one=_(NUMBERS[one]), other=_(NUMBERS[other]))


def fits(office: Office, challenge: str, typed: str) -> bool:
    """Whether one of the two was answered rightly, in time, and for the first time."""
    signs, one, other, at = _opened(challenge)
    if not signs or at + SECONDS < _now() or limits.count(office, ABOUT, challenge, SECONDS) > 1:
        return False
    return tidy(typed) in (signs, str(one + other))


def picture(challenge: str) -> bytes:
    """The signs as a PNG of 220 × 72 dots: each turned, all bent, lines across; a stale one is empty."""
    signs, *_rest = _opened(challenge)
    canvas = Image.new("L", SIZE, 255)
    for place, sign in enumerate(signs):
        canvas.paste(0, (14 + place * 39, secrets.randbelow(12)), _drawn(sign))
    canvas = _bent(canvas)
    pen = ImageDraw.Draw(canvas)
    for _line in range(4):
        ends = [(x, secrets.randbelow(SIZE[1])) for x in (0, SIZE[0] // 2, SIZE[0])]
        pen.line(ends, fill=60, width=2)
    noise = Image.effect_noise(SIZE, 70).point(lambda dot: 255 if dot > 60 else 90)
    out = io.BytesIO()
    ImageChops.multiply(canvas.filter(ImageFilter.SMOOTH), noise).save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(sign: str) -> Image.Image:
    """One sign as a mask, turned by up to 25 degrees."""
    mask = Image.new("L", (60, 60), 0)
    font = ImageFont.load_default(44 + secrets.randbelow(8))
    ImageDraw.Draw(mask).text((12, 2), sign, fill=255, font=font)
    return mask.rotate(secrets.randbelow(50) - 25, resample=Image.Resampling.BICUBIC)


def _bent(canvas: Image.Image) -> Image.Image:
    """The picture pulled out of square, by chance."""
    wide, high = SIZE
    pull = [secrets.randbelow(15) - 7 for _n in range(4)]
    corners = (0, pull[0], pull[1], high, wide, high + pull[2], wide + pull[3], 0)
    return canvas.transform(SIZE, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255)


def _opened(challenge: str) -> tuple[str, int, int, int]:
    try:
        signs, one, other, at = json.loads(keyring().open(challenge, ABOUT))
    except (Unavailable, ValueError):
        return "", 0, 0, 0
    return signs, one, other, at


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
