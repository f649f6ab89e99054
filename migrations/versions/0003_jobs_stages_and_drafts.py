"""What a job asks for, the plan of a stage, and scenarios written in the browser."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


FILLED = {
    "employer": ["recording"],
    "job": [
        "service_line",
        "reason_note",
        "first_risk",
        "second_risk",
        "good_at_30",
        "good_at_60",
        "good_at_90",
        "level_lock",
    ],
    "stage": ["reason"],
}  # Columns that had to be given to rows that were there.


def upgrade() -> None:
    op.create_table(
        "scenario_draft",
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("change_note", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(published_id IS NULL) = (published_at IS NULL)",
            name=op.f("ck_scenario_draft_publication_is_whole"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR discarded_at IS NULL", name=op.f("ck_scenario_draft_has_one_end")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_scenario_draft_author_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"],
            ["scenario_version.id"],
            name=op.f("fk_scenario_draft_origin_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["published_id"],
            ["scenario_version.id"],
            name=op.f("fk_scenario_draft_published_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_scenario_draft_public_id")),
        sa.UniqueConstraint("published_id", name=op.f("uq_scenario_draft_published_id")),
    )
    with op.batch_alter_table("scenario_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scenario_draft_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scenario_draft_origin_id"), ["origin_id"], unique=False)

    op.create_table(
        "approver",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_approver_job_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_approver_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approver")),
        sa.UniqueConstraint("job_id", "person_id", name=op.f("uq_approver_job_id_person_id")),
    )
    with op.batch_alter_table("approver", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approver_person_id"), ["person_id"], unique=False)

    op.create_table(
        "decision_right",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column(
            "authority",
            sa.Enum(
                "alone",
                "inform",
                "ask first",
                name="authority",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_decision_right_job_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_right")),
        sa.UniqueConstraint("job_id", "position", name=op.f("uq_decision_right_job_id_position")),
    )
    op.create_table(
        "owner",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "supervision",
                "first weeks",
                "workload disclosure",
                "candidates' questions",
                name="matter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_owner_job_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_owner_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("job_id", "matter", name=op.f("pk_owner")),
    )
    with op.batch_alter_table("owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_owner_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recording", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("service_line", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "reason",
                sa.Enum(
                    "handoffs",
                    "volume",
                    "audit",
                    "privacy",
                    "replacement",
                    "other",
                    name="reason",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("reason_note", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("first_risk", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("second_risk", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("good_at_30", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("good_at_60", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("good_at_90", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "level_lock",
                sa.Enum(
                    "opening",
                    "offer",
                    name="level_lock",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="opening",
                nullable=False,
            )
        )

    with op.batch_alter_table("loop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("copied_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("guide_read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_loop_copied_from_id"), ["copied_from_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_loop_copied_from_id"), "loop", ["copied_from_id"], ["id"], ondelete="RESTRICT"
        )

    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("read_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("answer_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("probe_minutes", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            "time_box_is_whole",
            "(read_minutes IS NULL) = (answer_minutes IS NULL) AND (read_minutes IS NULL) = (probe_minutes IS NULL)",
        )
        batch_op.create_check_constraint(
            "time_box_in_range",
            "read_minutes IS NULL OR (read_minutes BETWEEN 1 AND 120 AND answer_minutes BETWEEN 1 AND 120 AND probe_minutes BETWEEN 1 AND 120)",
        )

    for table, columns in FILLED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.drop_constraint("time_box_in_range", type_="check")
        batch_op.drop_constraint("time_box_is_whole", type_="check")
        batch_op.drop_column("probe_minutes")
        batch_op.drop_column("answer_minutes")
        batch_op.drop_column("read_minutes")
        batch_op.drop_column("reason")

    with op.batch_alter_table("loop", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_loop_copied_from_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_loop_copied_from_id"))
        batch_op.drop_column("guide_read_at")
        batch_op.drop_column("copied_from_id")

    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_constraint("level_lock", type_="check")
        batch_op.drop_constraint("reason", type_="check")
        batch_op.drop_column("level_lock")
        batch_op.drop_column("good_at_90")
        batch_op.drop_column("good_at_60")
        batch_op.drop_column("good_at_30")
        batch_op.drop_column("second_risk")
        batch_op.drop_column("first_risk")
        batch_op.drop_column("reason_note")
        batch_op.drop_column("reason")
        batch_op.drop_column("service_line")

    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.drop_column("recording")

    with op.batch_alter_table("owner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_owner_person_id"))

    op.drop_table("owner")
    op.drop_table("decision_right")
    with op.batch_alter_table("approver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approver_person_id"))

    op.drop_table("approver")
    with op.batch_alter_table("scenario_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scenario_draft_origin_id"))
        batch_op.drop_index(batch_op.f("ix_scenario_draft_author_id"))

    op.drop_table("scenario_draft")
