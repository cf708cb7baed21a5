"""Moving an office to another kind of database: from SQLite to PostgreSQL when it grows, and back."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection

from core.kernel import postgresql
from core.kernel.bare import Heard, hurried
from core.kernel.copying import Moved, copy, count
from core.kernel.database import Office, opened, translated
from core.kernel.i18n import _
from core.kernel.lease import alone
from core.kernel.problems import Clash, Invalid
from core.kernel.revisions import EMPTY, bring, revision_of, revisions, unlinked
from core.kernel.settings import Settings
from core.kernel.snapshot import database_path


def move(office: Office, to: str, done: Heard = lambda share: None) -> list[Moved]:
    """Copy every row into the database at `to`; what was moved, table by table. The office itself stays as it is.

    Keys and files stay in the data folder. Raises Clash when there is anything in the other database, Invalid for an
    address that cannot be meant, Unavailable while either office is served or when a row did not arrive.
    """
    goal = office.settings.model_copy(update={"database_url": to})
    if not (goal.is_postgresql or office.settings.is_postgresql):
        raise Invalid(_("Both databases are SQLite: make a backup and restore it in the other folder."))
    with translated(), _made(goal), alone(office.settings), alone(goal), _target(goal) as target:
        _check_empty(target, goal)
        with office.reader.connect() as source:
            return copy(source, target, done)


@contextmanager
def _made(goal: Settings) -> Iterator[None]:
    """The other database is there, made if it was missing."""
    if goal.is_postgresql:
        postgresql.prepare(goal.url)
    else:
        database_path(goal).absolute().parent.mkdir(parents=True, exist_ok=True)
    yield


@contextmanager
def _target(goal: Settings) -> Iterator[Connection]:
    """A transaction in the other database."""
    with ExitStack() as stack:
        connection = stack.enter_context(stack.enter_context(opened(goal.url)).connect())
        stack.enter_context(hurried(connection))
        stack.enter_context(unlinked(connection))
        yield connection


def _check_empty(target: Connection, goal: Settings) -> None:
    """Give an empty database its tables. Raises Clash for one that is not."""
    found = revision_of(target)
    if found == EMPTY:
        bring(target)
    elif found != revisions()[-1] or any(count(target).values()):
        shown = postgresql.shown(goal.url)
        raise Clash(_("The database {name} holds data already. Name an empty one.").format(name=shown))
