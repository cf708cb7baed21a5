"""${message}.

A migration stands for ever: it imports nothing from the rest of the product, which goes on changing.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables; the office made a copy of the database before."""
    ${upgrades if upgrades else "pass"}
