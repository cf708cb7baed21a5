"""Sending a one-time code by the gateway that the office chose. It never says whether a number is known: whoever asks
is answered before any of this happens."""

import logging

from core.kernel.discovery import discover
from core.kernel.extensions import SmsGateway
from core.kernel.i18n import _
from core.kernel.problems import Unavailable
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork
from core.selfservice.commands import send_code

PACKAGE = "core.sms_gateways"
log = logging.getLogger(__name__)


def gateway() -> SmsGateway | None:
    """The gateway in use; None when there is none, or it is not set up."""
    found = discover(PACKAGE, SmsGateway).get(settings().sms_gateway)
    return found if found is not None and found.is_set() else None


def send(uow: UnitOfWork, house_id: int, typed: str) -> None:
    """Send a code to the phone that was typed, if it belongs to one person of the house; else nothing at all."""
    way = gateway()
    message = send_code(uow, house_id, typed) if way else None
    if way is None or message is None:
        return
    said = _(
        "Your code for the own page at the community office: {code}, good for {n} minutes. Give it to nobody."
    )
    try:
        way.send(message.phone, said.format(code=message.code, n=message.minutes))
    except Unavailable:
        log.warning("a message with a one-time code could not be sent")
