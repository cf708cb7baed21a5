"""A gateway that takes one message by one HTTP request, as open interfaces of most providers and of small modems do.

`sms_url` is the address, `sms_body` the body with {phone} and {text} in it, `sms_headers` more headers as
"Name: value" lines, such as the key of the account. An answer of 2xx means that the message was taken.
"""

import json
from urllib.parse import quote

import httpx

from core.kernel.extensions import SmsGateway
from core.kernel.i18n import N_, _
from core.kernel.problems import Unavailable
from core.kernel.settings import Settings, settings

SECONDS = 10


def _is_set() -> bool:
    return bool(settings().sms_url)


def _send(phone: str, text: str) -> None:
    chosen = settings()
    headers = _headers(chosen)
    body = _filled(chosen.sms_body, headers.get("content-type", ""), phone, text)
    try:
        answer = httpx.post(chosen.sms_url, content=body.encode(), headers=headers, timeout=SECONDS)
        answer.raise_for_status()
    except httpx.HTTPError as trouble:
        raise Unavailable(_("The message could not be sent.")) from trouble


def _headers(chosen: Settings) -> dict[str, str]:
    lines = (line.partition(":") for line in chosen.sms_headers.get_secret_value().splitlines())
    own = {name.strip().lower(): value.strip() for name, _colon, value in lines if name.strip()}
    return {"content-type": "application/json; charset=utf-8", **own}


def _filled(template: str, kind: str, phone: str, text: str) -> str:
    """The body with number and text in it, written as its kind wants."""
    written = (lambda value: quote(value, safe="")) if "urlencoded" in kind else _in_json
    return template.replace("{phone}", written(phone)).replace("{text}", written(text))


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


HTTP = SmsGateway(title=N_("By HTTP"), is_set=_is_set, send=_send)
