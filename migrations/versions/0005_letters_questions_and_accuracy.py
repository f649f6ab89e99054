"""Letters, questions and their answers, reviews, and whether a disclosure was true."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "dropped",
                "dead",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letter_public_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_state_due_at"), ["state", "due_at"], unique=False)

    op.create_table(
        "accommodation_request",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["person.id"],
            name=op.f("fk_accommodation_request_answered_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_accommodation_request_application_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodation_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accommodation_request_public_id")),
    )
    with op.batch_alter_table("accommodation_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accommodation_request_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_accommodation_request_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "disclosure_change",
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column(
            "trigger",
            sa.Enum(
                "somebody joined or left",
                "the target or its formula changed",
                "the deadline for notes changed",
                "the record system changed",
                "a payer contract changed",
                "supervision changed",
                "the pay changed",
                name="trigger",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_change_disclosure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_disclosure_change_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_change")),
    )
    with op.batch_alter_table("disclosure_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disclosure_change_disclosure_id"), ["disclosure_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_disclosure_change_person_id"), ["person_id"], unique=False)

    op.create_table(
        "disclosure_review",
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_in_role", sa.Boolean(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_review_disclosure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_disclosure_review_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_review")),
        sa.UniqueConstraint(
            "disclosure_id",
            "digest",
            "person_id",
            name=op.f("uq_disclosure_review_disclosure_id_digest_person_id"),
        ),
    )
    with op.batch_alter_table("disclosure_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_review_person_id"), ["person_id"], unique=False)

    op.create_table(
        "question",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("topic <> '' OR text <> ''", name=op.f("ck_question_something_is_asked")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_question_application_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("public_id", name=op.f("uq_question_public_id")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_application_id"), ["application_id"], unique=False)

    op.create_table(
        "shadow_visit",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["person.id"],
            name=op.f("fk_shadow_visit_answered_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_shadow_visit_application_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shadow_visit")),
        sa.UniqueConstraint("application_id", name=op.f("uq_shadow_visit_application_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shadow_visit_public_id")),
    )
    with op.batch_alter_table("shadow_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shadow_visit_answered_by_id"), ["answered_by_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_answer_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_answer_question_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_question_id"), ["question_id"], unique=False)

    op.create_table(
        "attestation",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attestation_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["disclosure_version.id"],
            name=op.f("fk_attestation_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
    )
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attestation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attestation_version_id"), ["version_id"], unique=False)

    op.create_table(
        "hire",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_hire_application_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_hire_recorded_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["disclosure_version.id"], name=op.f("fk_hire_version_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hire")),
        sa.UniqueConstraint("application_id", name=op.f("uq_hire_application_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hire_public_id")),
    )
    with op.batch_alter_table("hire", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hire_recorded_by_id"), ["recorded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hire_version_id"), ["version_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("hire_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("surprise", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("day IN (30, 60, 90)", name=op.f("ck_check_in_day_is_asked")),
        sa.ForeignKeyConstraint(
            ["hire_id"], ["hire.id"], name=op.f("fk_check_in_hire_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("hire_id", "day", name=op.f("uq_check_in_hire_id_day")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_in_public_id")),
    )
    op.create_table(
        "check_answer",
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "same",
                "different",
                "cannot say",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Numeric(precision=12, scale=3), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answer = 'different') = (number IS NOT NULL)", name=op.f("ck_check_answer_different_has_number")
        ),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_check_answer_check_in_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_answer")),
        sa.UniqueConstraint("check_in_id", "key", name=op.f("uq_check_answer_check_in_id_key")),
    )
    with op.batch_alter_table("disclosure_fact", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("shared_with_consent", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_disclosure_fact_changed_by_id"), ["changed_by_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_disclosure_fact_changed_by_id"),
            "person",
            ["changed_by_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    with op.batch_alter_table("disclosure_fact", schema=None) as batch_op:
        batch_op.alter_column("shared_with_consent", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("disclosure_fact", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_disclosure_fact_changed_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_disclosure_fact_changed_by_id"))
        batch_op.drop_column("changed_by_id")
        batch_op.drop_column("shared_with_consent")

    op.drop_table("check_answer")
    op.drop_table("check_in")
    with op.batch_alter_table("hire", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hire_version_id"))
        batch_op.drop_index(batch_op.f("ix_hire_recorded_by_id"))

    op.drop_table("hire")
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attestation_version_id"))
        batch_op.drop_index(batch_op.f("ix_attestation_person_id"))

    op.drop_table("attestation")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_question_id"))
        batch_op.drop_index(batch_op.f("ix_answer_person_id"))

    op.drop_table("answer")
    with op.batch_alter_table("shadow_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shadow_visit_answered_by_id"))

    op.drop_table("shadow_visit")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_application_id"))

    op.drop_table("question")
    with op.batch_alter_table("disclosure_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_review_person_id"))

    op.drop_table("disclosure_review")
    with op.batch_alter_table("disclosure_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_change_person_id"))
        batch_op.drop_index(batch_op.f("ix_disclosure_change_disclosure_id"))

    op.drop_table("disclosure_change")
    with op.batch_alter_table("accommodation_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accommodation_request_application_id"))
        batch_op.drop_index(batch_op.f("ix_accommodation_request_answered_by_id"))

    op.drop_table("accommodation_request")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_state_due_at"))

    op.drop_table("letter")
