"""The browser of the worker's own phone, as long as the page of their shift is open."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.kernel.extensions import Fix, PositionSource
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid


def read(_parameters: Mapping[str, str], body: bytes) -> Sequence[Fix]:
    """Fixes from a JSON list of {at: milliseconds since 1970, lon, lat, accuracy: metres}. Raises Invalid."""
    try:
        return [_fix(one) for one in json.loads(body)]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as trouble:
        raise Invalid(_("This message cannot be read.")) from trouble


def _fix(told: Mapping[str, Any]) -> Fix:
    at = datetime.fromtimestamp(float(told["at"]) / 1000, UTC)
    accuracy = told.get("accuracy")
    return Fix(at, float(told["lon"]), float(told["lat"]), None if accuracy is None else float(accuracy))


BROWSER = PositionSource(title=N_("Browser of the phone"), read=read)
