"""Service tags from lists that have expired."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.people.commands.erasing import erase_tag
from core.people.queries.over import expired_tags

DECLARED_TAGS = DataKind(
    title=N_("Expired service tags"),
    counts_from=N_("From the day the tag expired."),
    due=expired_tags,
    remove=erase_tag,
)
