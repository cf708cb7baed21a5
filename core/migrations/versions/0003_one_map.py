"""The one map: cells of what has a position, stamps of the data, base maps and sources, views, boundaries, shifts.

A migration stands for ever: it imports nothing from the rest of the product, which goes on changing.
"""

from math import asinh, pi, radians, tan

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and give a cell to what already has a position."""
    op.create_table(
        "base_feature",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("shape", sa.JSON, nullable=False),
        sa.Column("quad", sa.String(24), nullable=False),
        sa.Column("origin", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("base_feature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_feature_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_feature_origin"), ["origin"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_feature_quad"), ["quad"], unique=False)

    op.create_table(
        "data_stamp",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    op.create_table(
        "grid_boundary",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("polygon", sa.JSON, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=True),
        sa.Column("valid_to", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("grid_boundary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grid_boundary_area"), ["area"], unique=False)
        batch_op.create_index("ix_grid_boundary_day", ["area", "valid_from"], unique=False)

    op.create_table(
        "grid_change",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("grids", sa.JSON, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("undone_at", sa.DateTime, nullable=True),
        sa.Column("undone_by", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("grid_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grid_change_area"), ["area"], unique=False)
        batch_op.create_index("ix_grid_change_list", ["area", "id"], unique=False)

    op.create_table(
        "map_source",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("layers", sa.String(80), nullable=False),
        sa.Column("matrix", sa.String(80), nullable=False),
        sa.Column("key", sa.String, nullable=True),
        sa.Column("file", sa.String(120), nullable=False),
        sa.Column("is_own_server", sa.Boolean, nullable=False),
        sa.Column("system", sa.String(8), nullable=False),
        sa.Column("max_zoom", sa.Integer, nullable=False),
        sa.Column("attribution", sa.String(120), nullable=False),
        sa.Column("approval", sa.String(60), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("map_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_map_source_area"), ["area"], unique=False)

    op.create_table(
        "grid_move",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("change_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("from_area", sa.String(60), nullable=False),
        sa.Column("to_area", sa.String(60), nullable=False),
        sa.Column("numbers", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["grid_change.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("grid_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grid_move_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_grid_move_change_id"), ["change_id"], unique=False)

    op.create_table(
        "map_choice",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("choice", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id"),
    )
    op.create_table(
        "map_view",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("address", sa.String(2000), nullable=False),
        sa.Column("token", sa.String(24), nullable=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token"),
    )
    with op.batch_alter_table("map_view", schema=None) as batch_op:
        batch_op.create_index("ix_map_view_account", ["account_id", "id"], unique=False)

    op.create_table(
        "staff_shift",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("ends_at", sa.DateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("staff_shift", schema=None) as batch_op:
        batch_op.create_index("ix_staff_shift_account", ["account_id", "started_at"], unique=False)
        batch_op.create_index("ix_staff_shift_area", ["area", "ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_shift_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "staff_position",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("shift_id", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("accuracy", sa.Float, nullable=True),
        sa.Column("source", sa.String(20), nullable=False),
        sa.CheckConstraint("seconds between 0 and 57600", name="staff_position_seconds"),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["staff_shift.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("staff_position", schema=None) as batch_op:
        batch_op.create_index("ix_staff_position_track", ["shift_id", "seconds"], unique=True)

    with op.batch_alter_table("building", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cell", sa.BigInteger, nullable=True))
        batch_op.create_index("ix_building_map", ["cell", "area"], unique=False)
        batch_op.create_index("ix_building_totals", ["area", "use"], unique=False)

    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cell", sa.BigInteger, nullable=True))
        batch_op.create_index(
            "ix_component_map", ["cell", "area", "class_code", "state", "lon", "lat"], unique=False
        )

    with op.batch_alter_table("house", schema=None) as batch_op:
        batch_op.create_index(
            "ix_house_map", ["building_id", "area", "state", "residents", "verified_at"], unique=False
        )
        batch_op.create_index("ix_house_totals", ["area", "state", "residents"], unique=False)

    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cell", sa.BigInteger, nullable=True))
        batch_op.create_index("ix_register_entry_map", ["register_id", "cell", "area"], unique=False)

    with op.batch_alter_table("register_fire", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cell", sa.BigInteger, nullable=True))
        batch_op.create_index("ix_register_fire_map", ["cell", "area"], unique=False)

    for table in ("building", "component", "register_entry", "register_fire"):
        _place(table)


def _place(name: str) -> None:
    """The cell of every row of a table that has a position."""
    table = sa.table(name, *(sa.column(each) for each in ("id", "lon", "lat", "cell")))
    there = sa.select(table.c.id, table.c.lon, table.c.lat).where(
        table.c.lon.is_not(None), table.c.lat.is_not(None)
    )
    rows = [{"row": row.id, "at": _cell(row.lon, row.lat)} for row in op.get_bind().execute(there)]
    placed = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("row"))
        .values(cell=sa.bindparam("at", type_=sa.BigInteger))
    )
    if rows:
        op.get_bind().execute(placed, rows)


def _cell(lon: float, lat: float) -> int:
    """The bits of column and row of the tile of zoom 24 by turns."""
    size = 1 << 24
    north = (1 - asinh(tan(radians(lat))) / pi) / 2
    x, y = (min(size - 1, max(0, int(share * size))) for share in ((lon + 180) / 360, north))
    return sum((x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1 for bit in range(24))
