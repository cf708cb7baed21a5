"""Who looked, and who changed something."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.rights.queries.of_held import looks_at

LOOKS = Holding(
    title=N_("Who looked, and who changed something"),
    needs="record.history",
    show=looks_at,
    purpose=N_("To show who dealt with your data, and to find out misuse."),
    basis=N_("Logs that the law wants (网络安全法; 个人信息保护法 51)."),
    order=90,
)
