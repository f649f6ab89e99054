"""What a scorecard holds besides notes and levels."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "red_flag",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quote <> ''", name=op.f("ck_red_flag_flag_has_quote")),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecard.id"], name=op.f("fk_red_flag_scorecard_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_flag")),
        sa.UniqueConstraint("public_id", name=op.f("uq_red_flag_public_id")),
        sa.UniqueConstraint("scorecard_id", "position", name=op.f("uq_red_flag_scorecard_id_position")),
    )
    op.create_table(
        "verdict",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "pass", "hold", "fail", name="answer", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_verdict_verdict_has_reason")),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecard.id"], name=op.f("fk_verdict_scorecard_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint("scorecard_id", "question", name=op.f("uq_verdict_scorecard_id_question")),
    )
    op.create_table(
        "flag_answer",
        sa.Column("red_flag_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_flag_answer_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["red_flag_id"], ["red_flag.id"], name=op.f("fk_flag_answer_red_flag_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_answer")),
    )
    with op.batch_alter_table("flag_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_answer_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_answer_red_flag_id"), ["red_flag_id"], unique=False)

    for table, column in (("note", "tags"), ("script_mark", "body")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Text(), server_default="", nullable=False))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, server_default=None)

    with op.batch_alter_table("script_mark", schema=None) as batch_op:
        batch_op.drop_constraint("kind", type_="check")
        batch_op.create_check_constraint("kind", "kind IN ('probe', 'fact', 'own probe', 'volunteered')")

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "tie",
                sa.Enum(
                    *("family", "friend", "worked together", "referred them", "something else"),
                    name="tie",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.create_check_constraint("tie_is_declared", "tie IS NULL OR declared_at IS NOT NULL")
    with op.batch_alter_table("loop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.Text(), nullable=True))
    op.execute(
        "UPDATE loop SET level = (SELECT job.level FROM job WHERE job.id = loop.job_id)"
        " WHERE opened_at IS NOT NULL"
    )
    with op.batch_alter_table("loop", schema=None) as batch_op:
        batch_op.create_check_constraint("opening_has_level", "(opened_at IS NULL) = (level IS NULL)")

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("time_factor", sa.Integer(), server_default="100", nullable=False))
        batch_op.add_column(sa.Column("instruction", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.alter_column("time_factor", server_default=None)
        batch_op.alter_column("instruction", server_default=None)
        batch_op.create_check_constraint("time_factor_in_range", "time_factor BETWEEN 100 AND 300")

    with op.batch_alter_table("scorecard", schema=None) as batch_op:
        for part in ("read", "answer", "probes"):
            batch_op.add_column(sa.Column(f"{part}_seconds", sa.Integer(), nullable=True))

    # Whoever had begun before nobody was asked goes on; whoever opens a scorecard from now on is asked.
    op.execute(
        "UPDATE assignment SET declared_at = COALESCE(settled_at, created_at) WHERE state = 'submitted' OR id IN"
        " (SELECT assignment_id FROM scorecard JOIN draft_revision ON scorecard_id = scorecard.id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("loop", schema=None) as batch_op:
        batch_op.drop_constraint("opening_has_level", type_="check")
        batch_op.drop_column("level")

    with op.batch_alter_table("scorecard", schema=None) as batch_op:
        for part in ("read", "answer", "probes"):
            batch_op.drop_column(f"{part}_seconds")

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_constraint("time_factor_in_range", type_="check")
        batch_op.drop_column("instruction")
        batch_op.drop_column("time_factor")

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_constraint("tie_is_declared", type_="check")
        batch_op.drop_constraint("tie", type_="check")
        batch_op.drop_column("tie")
        batch_op.drop_column("declared_at")

    # What the older tables cannot hold goes; the trigger that keeps it is laid again after every migration.
    on = " ON script_mark" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER IF EXISTS script_mark_keeps_rows{on}")
    op.execute("DELETE FROM script_mark WHERE kind NOT IN ('probe', 'fact')")
    with op.batch_alter_table("script_mark", schema=None) as batch_op:
        batch_op.drop_constraint("kind", type_="check")
        batch_op.create_check_constraint("kind", "kind IN ('probe', 'fact')")
        batch_op.drop_column("body")

    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_column("tags")

    with op.batch_alter_table("flag_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flag_answer_red_flag_id"))
        batch_op.drop_index(batch_op.f("ix_flag_answer_person_id"))

    op.drop_table("flag_answer")
    op.drop_table("verdict")
    op.drop_table("red_flag")
