"""The web server around the screens: our routes, what every answer gets, and what happens at start-up."""

import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from core.accounts import passwords
from core.kernel.crypto import keyring
from core.kernel.database import office
from core.kernel.jobs.runner import Runner
from core.kernel.lease import hold
from core.kernel.settings import settings
from core.server import basemap, code, files, labels, map_search, ogc, papers, public, staff, tiles, visits
from core.server.answers import middleware
from core.server.api import routes as own
from core.starting import prepared, wants_demo

__all__ = ["lifespan", "middleware", "routes", "secrets"]

routes = [
    *own,
    *basemap.routes,
    *code.routes,
    *files.routes,
    *labels.routes,
    *map_search.routes,
    *ogc.routes,
    *papers.routes,
    *public.routes,
    *staff.routes,
    *tiles.routes,
    *visits.routes,
]
WARM = ("pandas", "pyarrow")


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Open the office (a fresh one gets its demo), load what the first visitor would wait for, and spare the
    garbage collector all of it.

    Streamlit collects after every run: 67 ms each with these modules loaded, 4 ms once they are frozen.
    """
    opened = office()
    if wants_demo(opened):
        prepared(opened.settings).close()
    with hold(opened.settings):
        for name in WARM:
            importlib.import_module(name)
        passwords.fits("", "")
        gc.collect()
        gc.freeze()
        runner = Runner(opened)
        runner.start()
        yield
        runner.stop()
    opened.close()


def secrets() -> dict[str, Any]:
    """What `st.login` needs when an OpenID provider is set; else nothing."""
    chosen = settings()
    if not chosen.oidc_client_id:
        return {}
    office()
    auth = {
        "redirect_uri": f"{chosen.origin}/oauth2callback",
        "cookie_secret": keyring().key("openid").hex(),
        "client_id": chosen.oidc_client_id,
        "client_secret": chosen.oidc_client_secret.get_secret_value(),
        "server_metadata_url": chosen.oidc_metadata_url,
    }
    return {"auth": auth}
