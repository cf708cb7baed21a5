"""Sign-ins: in which browser somebody was, and when."""

from core.accounts.commands import forget_sign_in
from core.accounts.queries import old_sign_ins
from core.kernel.extensions import DataKind
from core.kernel.i18n import N_

SIGN_INS = DataKind(
    title=N_("Sign-ins"),
    counts_from=N_("From the sign-in; the audit log keeps its own line."),
    due=old_sign_ins,
    remove=forget_sign_in,
    is_listed=False,
)
