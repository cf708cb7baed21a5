"""Starting an office: for the command line and for `streamlit run Home.py` alike."""

import importlib
from collections.abc import Callable

import core.models  # noqa: F401  (every table is known before the office opens)
from core.accounts import queries
from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.lease import alone
from core.kernel.opening import open_office
from core.kernel.settings import Settings

Progress = Callable[[float, str], None]
"""Hears the share that is done, and what is being done."""


def is_empty(office: Office) -> bool:
    """Whether nobody can sign in yet."""
    return not queries.accounts(office.uow(job("start")))


def wants_demo(office: Office) -> bool:
    """Whether this is a fresh office that is to begin with the demo community."""
    return office.settings.demo == "community" and is_empty(office)


def prepared(chosen: Settings, progress: Progress | None = None) -> Office:
    """The office, open and up to date; an empty one gets its demo community, once, however many start now.

    Raises Unavailable with what to do.
    """
    office = open_office(chosen)
    if wants_demo(office):
        with alone(chosen):
            if wants_demo(office):
                build(office, "community", 1, progress)
    return office


def build(office: Office, scale: str, seed: int, progress: Progress | None) -> None:
    """Fill an empty office with invented people; the builder is loaded only for this."""
    importlib.import_module("core.demo.build").build(office, scale=scale, seed=seed, progress=progress)
