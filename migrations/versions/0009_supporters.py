"""Invitations and stops."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "support_invite",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("relation", sa.LargeBinary(), nullable=False),
        sa.Column("powers", sa.JSON(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_support_invite_case_id_case_file")),
        sa.ForeignKeyConstraint(["used_by_id"], ["person.id"], name=op.f("fk_support_invite_used_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_invite")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_support_invite_case_id_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_support_invite_code_hash")),
    )
    op.create_index(op.f("ix_support_invite_case_id"), "support_invite", ["case_id"], unique=False)
    op.create_table(
        "supporter_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("stopped_by_id", sa.Uuid(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "member_id"],
            ["case_member.case_id", "case_member.id"],
            name=op.f("fk_supporter_stop_case_id_member_id_case_member"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_supporter_stop_case_id_case_file")),
        sa.ForeignKeyConstraint(["stopped_by_id"], ["person.id"], name=op.f("fk_supporter_stop_stopped_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supporter_stop")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_supporter_stop_case_id_id")),
        sa.UniqueConstraint("member_id", name=op.f("uq_supporter_stop_member_id")),
    )
    op.create_index(op.f("ix_supporter_stop_case_id"), "supporter_stop", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_supporter_stop_case_id"), table_name="supporter_stop")
    op.drop_table("supporter_stop")
    op.drop_index(op.f("ix_support_invite_case_id"), table_name="support_invite")
    op.drop_table("support_invite")
