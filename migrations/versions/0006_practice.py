"""Answers to practice on, and what people made of them: apart from candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("pack_edition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("vignettes", sa.Text(), server_default="[]", nullable=False))
    with op.batch_alter_table("pack_edition", schema=None) as batch_op:
        batch_op.alter_column("vignettes", server_default=None)

    op.create_table(
        "vignette",
        sa.Column("scenario_version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_version_id"],
            ["scenario_version.id"],
            name=op.f("fk_vignette_scenario_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vignette")),
        sa.UniqueConstraint("public_id", name=op.f("uq_vignette_public_id")),
        sa.UniqueConstraint("scenario_version_id", "key", name=op.f("uq_vignette_scenario_version_id_key")),
    )

    op.create_table(
        "practice_card",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("vignette_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submission_key", sa.Text(), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submission_key IS NULL)",
            name=op.f("ck_practice_card_submission_has_key"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_card_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vignette_id"], ["vignette.id"], name=op.f("fk_practice_card_vignette_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_card")),
        sa.UniqueConstraint(
            "person_id", "vignette_id", "attempt", name=op.f("uq_practice_card_person_id_vignette_id_attempt")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_practice_card_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_practice_card_submission_key")),
    )
    with op.batch_alter_table("practice_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_card_vignette_id"), ["vignette_id"], unique=False)

    op.create_table(
        "practice_revision",
        sa.Column("practice_card_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_card_id"],
            ["practice_card.id"],
            name=op.f("fk_practice_revision_practice_card_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_revision")),
        sa.UniqueConstraint(
            "practice_card_id",
            "client",
            "sequence",
            name=op.f("uq_practice_revision_practice_card_id_client_sequence"),
        ),
    )
    with op.batch_alter_table("practice_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_revision_practice_card_id_field"), ["practice_card_id", "field"], unique=False
        )

    op.create_table(
        "practice_rating",
        sa.Column("practice_card_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column(
            "not_observed",
            sa.Enum(
                "not asked",
                "ran out of time",
                "no chance",
                name="not_observed",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_practice_rating_level_on_scale")),
        sa.CheckConstraint(
            "(level IS NULL) = (not_observed IS NOT NULL)", name=op.f("ck_practice_rating_level_or_reason")
        ),
        sa.ForeignKeyConstraint(
            ["practice_card_id"],
            ["practice_card.id"],
            name=op.f("fk_practice_rating_practice_card_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_rating")),
        sa.UniqueConstraint("practice_card_id", "code", name=op.f("uq_practice_rating_practice_card_id_code")),
    )


def downgrade() -> None:
    op.drop_table("practice_rating")
    op.drop_table("practice_revision")
    op.drop_table("practice_card")
    op.drop_table("vignette")

    with op.batch_alter_table("pack_edition", schema=None) as batch_op:
        batch_op.drop_column("vignettes")
