"""The four databases whole: organisations, components, registers, history, files, proposals, and what keeps them.

A migration stands for ever: it imports nothing from the rest of the product, which goes on changing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("about_kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("media", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("is_sensitive", sa.Boolean, nullable=False),
        sa.Column("note", sa.String(120), nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=True),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("added_by", sa.String(60), nullable=False),
        sa.Column("delete_after", sa.Date, nullable=True),
        sa.Column("removed_at", sa.DateTime, nullable=True),
        sa.Column("removed_by", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_about", ["about_kind", "about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_area"), ["area"], unique=False)
        batch_op.create_index("ix_attachment_area_id", ["area", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_delete_after"), ["delete_after"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_digest"), ["digest"], unique=False)

    op.create_table(
        "check_count",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("rule", sa.String(30), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("check_count", schema=None) as batch_op:
        batch_op.create_index("ix_check_count_rule", ["area", "rule"], unique=True)

    op.create_table(
        "consent_text",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("key", sa.String(30), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("version_no", sa.Integer, nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("text", sa.String(8000), nullable=False),
        sa.Column("valid_from", sa.Date, nullable=True),
        sa.Column("made_by", sa.String(60), nullable=False),
        sa.Column("approved_by", sa.String(60), nullable=False),
        sa.Column("approved_at", sa.DateTime, nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("consent_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_text_area"), ["area"], unique=False)
        batch_op.create_index("ix_consent_text_version", ["key", "language", "version_no"], unique=True)

    op.create_table(
        "deed",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("permission", sa.String(60), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("other", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("undone_at", sa.DateTime, nullable=True),
        sa.Column("undone_by", sa.String(60), nullable=False),
        sa.Column("steps", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("deed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deed_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_deed_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_deed_other"), ["other"], unique=False)

    op.create_table(
        "design",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("of", sa.String(40), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("draft", sa.JSON, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("ended_on", sa.Date, nullable=True),
        sa.Column("approved", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("design", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_design_area"), ["area"], unique=False)
        batch_op.create_index("ix_design_of", ["of", "area"], unique=False)

    op.create_table(
        "disposal_list",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("prepared_at", sa.DateTime, nullable=False),
        sa.Column("prepared_by", sa.String(60), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=True),
        sa.Column("decided_by", sa.String(60), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("disposal_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disposal_list_area"), ["area"], unique=False)
        batch_op.create_index("ix_disposal_list_area_id", ["area", "id"], unique=False)

    op.create_table(
        "field_change",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("before", sa.String, nullable=True),
        sa.Column("after", sa.String, nullable=True),
        sa.Column("secret_before", sa.String, nullable=True),
        sa.Column("secret_after", sa.String, nullable=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("permission", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("field_change", schema=None) as batch_op:
        batch_op.create_index(
            "ix_field_change_household",
            ["before"],
            unique=False,
            sqlite_where=sa.text("field = 'household_id'"),
            postgresql_where=sa.text("field = 'household_id'"),
        )
        batch_op.create_index("ix_field_change_record", ["kind", "record_id", "at"], unique=False)

    op.create_table(
        "field_definition",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("of", sa.String(60), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("label_en", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("ended_options", sa.JSON, nullable=False),
        sa.Column("required", sa.Boolean, nullable=False),
        sa.Column("help", sa.String(200), nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("filtered", sa.Boolean, nullable=False),
        sa.Column("searched", sa.Boolean, nullable=False),
        sa.Column("line", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("ended_on", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("field_definition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_field_definition_area"), ["area"], unique=False)
        batch_op.create_index("ix_field_definition_of", ["of", "area"], unique=False)

    op.create_table(
        "field_switch",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("of", sa.String(60), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("is_on", sa.Boolean, nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("field_switch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_field_switch_area"), ["area"], unique=False)
        batch_op.create_index("ix_field_switch_of", ["of", "name", "area"], unique=True)

    op.create_table(
        "field_value",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("of", sa.String(60), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("field_value", schema=None) as batch_op:
        batch_op.create_index("ix_field_value_record", ["record_id", "name"], unique=True)
        batch_op.create_index(
            "ix_field_value_sorted", ["of", "name", "value", "record_id", "area"], unique=False
        )

    op.create_table(
        "hold",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("about_kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer, nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.Column("until", sa.Date, nullable=True),
        sa.Column("set_by", sa.String(60), nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
        sa.Column("lifted_at", sa.DateTime, nullable=True),
        sa.Column("lifted_by", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index("ix_hold_about", ["about_kind", "about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_area"), ["area"], unique=False)
        batch_op.create_index("ix_hold_area_id", ["area", "id"], unique=False)

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("register_name", sa.String(40), nullable=False),
        sa.Column("file", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("left_out", sa.Integer, nullable=False),
        sa.Column("undone_at", sa.DateTime, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batch_area"), ["area"], unique=False)
        batch_op.create_index("ix_import_batch_register", ["register_name", "id"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("arguments", sa.JSON, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_by", sa.String(60), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=True),
        sa.Column("ended_at", sa.DateTime, nullable=True),
        sa.Column("beat_at", sa.DateTime, nullable=True),
        sa.Column("runner", sa.String(80), nullable=False),
        sa.Column("result", sa.JSON, nullable=True),
        sa.Column("error", sa.String(300), nullable=False),
        sa.Column("is_unwanted", sa.Boolean, nullable=False),
        sa.Column("slot", sa.String(60), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slot"),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_area"), ["area"], unique=False)
        batch_op.create_index("ix_job_area_id", ["area", "id"], unique=False)
        batch_op.create_index("ix_job_state", ["state", "id"], unique=False)

    op.create_table(
        "local_class",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("name", sa.String(30), nullable=False),
        sa.Column("is_sensitive", sa.Boolean, nullable=False),
        sa.Column("ended_on", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    with op.batch_alter_table("local_class", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_class_area"), ["area"], unique=False)

    op.create_table(
        "local_code",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("list_name", sa.String(60), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_en", sa.String(60), nullable=False),
        sa.Column("ended_on", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("local_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_code_area"), ["area"], unique=False)
        batch_op.create_index("ix_local_code_list", ["list_name", "code"], unique=True)

    op.create_table(
        "look",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("look", schema=None) as batch_op:
        batch_op.create_index("ix_look_record", ["kind", "record_id", "field"], unique=True)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("of", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("keepers", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("proposer", sa.String(60), nullable=False),
        sa.Column("proposer_name", sa.String(50), nullable=False),
        sa.Column("proposer_post", sa.String(30), nullable=False),
        sa.Column("proposed_at", sa.DateTime, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("answer", sa.String(200), nullable=False),
        sa.Column("decided_by", sa.String(60), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=True),
        sa.Column("why", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_area", ["area", "state"], unique=False)
        batch_op.create_index("ix_proposal_proposer", ["proposer", "id"], unique=False)
        batch_op.create_index("ix_proposal_record", ["of", "record_id", "state"], unique=False)

    op.create_table(
        "retention_period",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind"),
    )
    with op.batch_alter_table("retention_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_period_area"), ["area"], unique=False)

    op.create_table(
        "subject_request",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("wish", sa.String(500), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("handler", sa.String(60), nullable=False),
        sa.Column("decision", sa.String(500), nullable=False),
        sa.Column("refusal", sa.String(300), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=True),
        sa.Column("decided_by", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("subject_request", schema=None) as batch_op:
        batch_op.create_index("ix_subject_request_list", ["area", "state", "due_on", "id"], unique=False)
        batch_op.create_index("ix_subject_request_person", ["person_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index("ix_tally_area", ["area", "what"], unique=True)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("about_kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer, nullable=False),
        sa.Column("text_id", sa.Integer, nullable=False),
        sa.Column("given_on", sa.Date, nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("recorded_by", sa.String(60), nullable=False),
        sa.Column("withdrawn_on", sa.Date, nullable=True),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["consent_text.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("ix_consent_about", ["about_kind", "about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_area"), ["area"], unique=False)
        batch_op.create_index("ix_consent_area_id", ["area", "id"], unique=False)

    op.create_table(
        "design_version",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("design_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["design_id"],
            ["design.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("design_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_design_version_area"), ["area"], unique=False)
        batch_op.create_index("ix_design_version_design", ["design_id", "number"], unique=True)

    op.create_table(
        "disposal_item",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("list_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("about_kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["disposal_list.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("disposal_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disposal_item_area"), ["area"], unique=False)
        batch_op.create_index("ix_disposal_item_area_id", ["area", "id"], unique=False)
        batch_op.create_index("ix_disposal_item_list", ["list_id", "kind", "id"], unique=False)

    op.create_table(
        "proposed_field",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("proposal_id", sa.Integer, nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("before", sa.String, nullable=True),
        sa.Column("after", sa.String, nullable=True),
        sa.Column("secret_before", sa.String, nullable=True),
        sa.Column("secret_after", sa.String, nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("proposed_field", schema=None) as batch_op:
        batch_op.create_index("ix_proposed_field_area", ["area", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposed_field_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "component",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("code", sa.String(17), nullable=False),
        sa.Column("class_code", sa.String(5), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("initial_on", sa.Date, nullable=True),
        sa.Column("changed_on", sa.Date, nullable=True),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("authority_name", sa.String(100), nullable=False),
        sa.Column("authority_code", sa.String(18), nullable=True),
        sa.Column("owner_name", sa.String(100), nullable=False),
        sa.Column("owner_code", sa.String(18), nullable=True),
        sa.Column("maintainer_name", sa.String(100), nullable=False),
        sa.Column("maintainer_code", sa.String(18), nullable=True),
        sa.Column("lon", sa.Float, nullable=True),
        sa.Column("lat", sa.Float, nullable=True),
        sa.Column("accuracy", sa.String(1), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("house_id", sa.Integer, nullable=True),
        sa.Column("former_code", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.create_index("ix_component_area", ["area", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_component_house_id"), ["house_id"], unique=False)
        batch_op.create_index("ix_component_list", ["area", "class_code", "state"], unique=False)
        batch_op.create_index("ix_component_verified", ["area", "verified_at"], unique=False)

    op.create_table(
        "register_fire",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("equipment", sa.String(120), nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("house_id", sa.Integer, nullable=True),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("lon", sa.Float, nullable=True),
        sa.Column("lat", sa.Float, nullable=True),
        sa.Column("checked_on", sa.Date, nullable=True),
        sa.Column("next_check", sa.Date, nullable=True),
        sa.Column("responsible", sa.String(50), nullable=False),
        sa.Column("phone", sa.String, nullable=True),
        sa.Column("phone_index", sa.String(24), nullable=True),
        sa.Column("phone_tail", sa.String(24), nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("register_fire", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_fire_area"), ["area"], unique=False)
        batch_op.create_index("ix_register_fire_due", ["next_check", "area"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_fire_house_id"), ["house_id"], unique=False)

    op.create_table(
        "register_vacant",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("house_id", sa.Integer, nullable=False),
        sa.Column("since", sa.Date, nullable=True),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("owner", sa.String(50), nullable=False),
        sa.Column("phone", sa.String, nullable=True),
        sa.Column("phone_index", sa.String(24), nullable=True),
        sa.Column("phone_tail", sa.String(24), nullable=True),
        sa.Column("is_water_off", sa.Boolean, nullable=False),
        sa.Column("is_gas_off", sa.Boolean, nullable=False),
        sa.Column("is_power_off", sa.Boolean, nullable=False),
        sa.Column("checked_on", sa.Date, nullable=True),
        sa.Column("next_check", sa.Date, nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("register_vacant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_vacant_area"), ["area"], unique=False)
        batch_op.create_index("ix_register_vacant_due", ["next_check", "area"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_vacant_house_id"), ["house_id"], unique=False)

    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("other_id", sa.Integer, nullable=False),
        sa.Column("reasons", sa.String(200), nullable=False),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=True),
        sa.Column("decided_by", sa.String(60), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("duplicate_pair", schema=None) as batch_op:
        batch_op.create_index("ix_duplicate_pair_list", ["state", "area", "weight", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duplicate_pair_other_id"), ["other_id"], unique=False)
        batch_op.create_index("ix_duplicate_pair_people", ["person_id", "other_id"], unique=True)

    op.create_table(
        "organisation",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("short_name", sa.String(50), nullable=False),
        sa.Column("credit_code", sa.String(18), nullable=True),
        sa.Column("no_code_reason", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("trade", sa.String(12), nullable=False),
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("employees", sa.Integer, nullable=True),
        sa.Column("legal_name", sa.String(50), nullable=False),
        sa.Column("legal_phone", sa.String, nullable=True),
        sa.Column("legal_phone_index", sa.String(24), nullable=True),
        sa.Column("legal_phone_tail", sa.String(24), nullable=True),
        sa.Column("contact_name", sa.String(50), nullable=False),
        sa.Column("contact_phone", sa.String, nullable=True),
        sa.Column("contact_phone_index", sa.String(24), nullable=True),
        sa.Column("contact_phone_tail", sa.String(24), nullable=True),
        sa.Column("licence_kind", sa.String(12), nullable=False),
        sa.Column("licence_no", sa.String(50), nullable=False),
        sa.Column("licence_until", sa.Date, nullable=True),
        sa.Column("opened_on", sa.Date, nullable=True),
        sa.Column("closed_on", sa.Date, nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("legal_document", sa.String, nullable=True),
        sa.Column("legal_document_index", sa.String(24), nullable=True),
        sa.Column("legal_document_tail", sa.String(24), nullable=True),
        sa.Column("security_name", sa.String(50), nullable=False),
        sa.Column("security_phone", sa.String, nullable=True),
        sa.Column("security_phone_index", sa.String(24), nullable=True),
        sa.Column("security_phone_tail", sa.String(24), nullable=True),
        sa.Column("has_chemicals", sa.Boolean, nullable=False),
        sa.Column("hazard", sa.String(2), nullable=False),
        sa.Column("holding", sa.String(3), nullable=False),
        sa.Column("funding", sa.String(100), nullable=False),
        sa.Column("party_members", sa.Integer, nullable=True),
        sa.Column("union_members", sa.Integer, nullable=True),
        sa.Column("students", sa.Integer, nullable=True),
        sa.Column("house_id", sa.Integer, nullable=True),
        sa.Column("building_id", sa.Integer, nullable=True),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("legal_person_id", sa.Integer, nullable=True),
        sa.Column("industry_grid", sa.String(60), nullable=False),
        sa.Column("inspection_due", sa.Date, nullable=True),
        sa.CheckConstraint(
            "closed_on is null or opened_on is null or closed_on >= opened_on", name="organisation_period"
        ),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["building.id"],
        ),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.ForeignKeyConstraint(
            ["legal_person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credit_code"),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index("ix_organisation_area", ["area", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_building_id"), ["building_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organisation_contact_phone_index"), ["contact_phone_index"], unique=False
        )
        batch_op.create_index("ix_organisation_due", ["area", "inspection_due"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_house_id"), ["house_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_industry_grid"), ["industry_grid"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organisation_legal_person_id"), ["legal_person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_legal_phone_index"), ["legal_phone_index"], unique=False
        )
        batch_op.create_index("ix_organisation_licence", ["area", "licence_until"], unique=False)
        batch_op.create_index("ix_organisation_list", ["area", "state", "kind", "trade"], unique=False)

    op.create_table(
        "register_care",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("visited_on", sa.Date, nullable=False),
        sa.Column("visited_by", sa.String(50), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("findings", sa.String(200), nullable=False),
        sa.Column("needs", sa.String(200), nullable=False),
        sa.Column("is_solved", sa.Boolean, nullable=False),
        sa.Column("next_visit", sa.Date, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("register_care", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_care_area"), ["area"], unique=False)
        batch_op.create_index("ix_register_care_due", ["next_visit", "area"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_care_person_id"), ["person_id"], unique=False)

    op.create_table(
        "register_dog",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("breed", sa.String(40), nullable=False),
        sa.Column("coat", sa.String(20), nullable=False),
        sa.Column("house_id", sa.Integer, nullable=True),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("licence_no", sa.String(30), nullable=False),
        sa.Column("licence_to", sa.Date, nullable=True),
        sa.Column("vaccinated_on", sa.Date, nullable=True),
        sa.Column("next_due", sa.Date, nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("register_dog", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_dog_area"), ["area"], unique=False)
        batch_op.create_index("ix_register_dog_due", ["next_due", "area"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_dog_house_id"), ["house_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_dog_person_id"), ["person_id"], unique=False)

    op.create_table(
        "register_entry",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("register_id", sa.Integer, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("house_id", sa.Integer, nullable=True),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("lon", sa.Float, nullable=True),
        sa.Column("lat", sa.Float, nullable=True),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["register_id"],
            ["design.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_entry_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_entry_house_id"), ["house_id"], unique=False)
        batch_op.create_index("ix_register_entry_list", ["register_id", "id", "area"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_entry_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_register_entry_title", ["register_id", "title", "id", "area"], unique=False)

    op.create_table(
        "register_rental",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("house_id", sa.Integer, nullable=False),
        sa.Column("landlord", sa.String(50), nullable=False),
        sa.Column("landlord_id", sa.Integer, nullable=True),
        sa.Column("phone", sa.String, nullable=True),
        sa.Column("phone_index", sa.String(24), nullable=True),
        sa.Column("phone_tail", sa.String(24), nullable=True),
        sa.Column("use", sa.String(2), nullable=False),
        sa.Column("rooms", sa.Integer, nullable=True),
        sa.Column("tenants", sa.Integer, nullable=False),
        sa.Column("lease_from", sa.Date, nullable=True),
        sa.Column("lease_to", sa.Date, nullable=True),
        sa.Column("is_filed", sa.Boolean, nullable=False),
        sa.Column("danger", sa.String(2), nullable=False),
        sa.Column("inspected_on", sa.Date, nullable=True),
        sa.Column("next_due", sa.Date, nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("register_rental", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_rental_area"), ["area"], unique=False)
        batch_op.create_index("ix_register_rental_due", ["next_due", "area"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_rental_house_id"), ["house_id"], unique=False)

    op.create_table(
        "register_volunteer",
        sa.Column("verified_at", sa.DateTime, nullable=True),
        sa.Column("verified_by", sa.String(60), nullable=False),
        sa.Column("verified_from", sa.String(20), nullable=False),
        sa.Column("extra", sa.JSON, nullable=False),
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("service", sa.String(12), nullable=False),
        sa.Column("skills", sa.String(120), nullable=False),
        sa.Column("since", sa.Date, nullable=True),
        sa.Column("hours", sa.Float, nullable=False),
        sa.Column("is_available", sa.Boolean, nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("register_volunteer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_volunteer_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_volunteer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("inspected_on", sa.Date, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("result", sa.String(8), nullable=False),
        sa.Column("inspector", sa.String(60), nullable=False),
        sa.Column("next_due", sa.Date, nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index("ix_inspection_area", ["area", "id"], unique=False)
        batch_op.create_index("ix_inspection_organisation", ["organisation_id", "inspected_on"], unique=False)

    op.create_table(
        "premises",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("house_id", sa.Integer, nullable=True),
        sa.Column("building_id", sa.Integer, nullable=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("from_on", sa.Date, nullable=True),
        sa.Column("to_on", sa.Date, nullable=True),
        sa.CheckConstraint("to_on is null or from_on is null or to_on >= from_on", name="premises_period"),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["building.id"],
        ),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("premises", schema=None) as batch_op:
        batch_op.create_index("ix_premises_area", ["area", "id"], unique=False)
        batch_op.create_index("ix_premises_house", ["house_id", "to_on"], unique=False)
        batch_op.create_index("ix_premises_organisation", ["organisation_id", "to_on"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("post", sa.String(50), nullable=False),
        sa.Column("from_on", sa.Date, nullable=True),
        sa.Column("to_on", sa.Date, nullable=True),
        sa.CheckConstraint("to_on is null or from_on is null or to_on >= from_on", name="staff_period"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index("ix_staff_area", ["area", "id"], unique=False)
        batch_op.create_index("ix_staff_organisation", ["organisation_id", "to_on"], unique=False)
        batch_op.create_index("ix_staff_person", ["person_id", "to_on"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line", sa.String(20), server_default="", nullable=False))

    with op.batch_alter_table("building", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.JSON, server_default="{}", nullable=False))

    with op.batch_alter_table("house", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.JSON, server_default="{}", nullable=False))

    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.JSON, server_default="{}", nullable=False))
        batch_op.create_index(
            "ix_household_single",
            ["area"],
            unique=False,
            sqlite_where=sa.text("size = 1 and closed_on is null"),
            postgresql_where=sa.text("size = 1 and closed_on is null"),
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.JSON, server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("state_since", sa.Date, nullable=True))
        batch_op.add_column(sa.Column("merged_into", sa.Integer, nullable=True))
        batch_op.create_index(
            "ix_person_gone",
            ["area", "state"],
            unique=False,
            sqlite_where=sa.text("state <> 'here'"),
            postgresql_where=sa.text("state <> 'here'"),
        )
        batch_op.create_index(batch_op.f("ix_person_merged_into"), ["merged_into"], unique=False)
        batch_op.create_foreign_key("fk_merged_into", "person", ["merged_into"], ["id"])
