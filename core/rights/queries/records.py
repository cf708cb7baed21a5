"""Records for the commands on requests and consents: only inside a command, never for a screen."""

from sqlmodel import col, select

from core.kernel.unit_of_work import UnitOfWork
from core.rights.models import ConsentText


def newest_version(uow: UnitOfWork, key: str, language: str) -> ConsentText | None:
    """The newest version of a text in sight, published or not."""
    found = select(ConsentText).where(ConsentText.key == key, ConsentText.language == language)
    return uow.session.exec(found.order_by(col(ConsentText.version_no).desc()).limit(1)).first()
