"""The registers that LinGrid brings along: one file each, and nothing else to write.

A file holds one model and one `Register`. Its table, form, list, filters, search, template, import, export, history and
permissions follow from them; a register that an office designs on a page is read into the same `Register`.
"""

from dataclasses import replace
from functools import cache

from core.kernel.discovery import discover
from core.kernel.extensions import Register
from core.kernel.kinds import know


@cache
def shipped() -> dict[str, Register]:
    """Every register of this folder by the name of its file, in the order of the screen."""
    found = {
        name: replace(one, name=name, of=one.record.__name__)
        for name, one in discover("core.registers", Register).items()
    }
    for one in found.values():
        know(one.record, view=one.view, edit=one.edit, is_sensitive=one.is_personal)
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))
