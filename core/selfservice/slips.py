"""The slip of paper with a one-time code: carried from the button that made it to the page that is printed as a sealed
text, because the code itself is kept nowhere."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from core.kernel.access import Actor
from core.kernel.crypto import keyring
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.identifiers import mask_name
from core.kernel.problems import Refused, Unavailable
from core.selfservice.commands import Slip

ABOUT = "own-slip"
LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class Sheet:
    """What stands on the slip; of the name only what its owner knows it by, should the slip be lost."""

    name: str
    number: str
    code: str
    good_until: str


def sealed(slip: Slip, actor: Actor, now: datetime) -> str:
    """A mark for the address of the slip; useless to anybody else, and after five minutes."""
    until = f"{slip.good_until.astimezone(CHINA):%Y-%m-%d %H:%M}"
    facts = asdict(Sheet(mask_name(slip.name), slip.number, slip.code, until))
    return keyring().seal(json.dumps([facts, actor.login, actor.session_id, now.timestamp()]), ABOUT)


def opened(text: str, actor: Actor, now: datetime) -> Sheet:
    """What is to be printed. Raises Refused for somebody else's mark, or a stale or forged one."""
    try:
        facts, login, session, at = json.loads(keyring().open(text, ABOUT))
    except (Unavailable, ValueError) as trouble:
        raise Refused(_("Give a new code: this one can no longer be printed.")) from trouble
    is_theirs = (login, session) == (actor.login, actor.session_id)
    if not is_theirs or now.timestamp() - at > LIFE.total_seconds():
        raise Refused(_("Give a new code: this one can no longer be printed."))
    return Sheet(**facts)
