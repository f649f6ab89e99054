"""What a pack said of itself at each import."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "pack_edition",
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_edition")),
    )
    with op.batch_alter_table("pack_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_edition_pack"), ["pack"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pack_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_edition_pack"))

    op.drop_table("pack_edition")
