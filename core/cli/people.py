"""`duplicates`: look at once for people who are filed twice, as the night does."""

from core.cli.console import JSON, at_work, opened, progress, report
from core.kernel.i18n import N_, _
from core.people.commands import find_duplicates


def duplicates(as_json: JSON = False) -> None:
    """Compare everybody with everybody; what was found stands on the page of duplicates."""
    with opened() as office, progress(N_("Comparing people")) as bar:
        found = find_duplicates(at_work(office), bar)
    report({"pairs": found}, as_json, [_("{n} pairs may be one person each.").format(n=found)])
