"""The record of who did and saw what."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "audit_system_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_system_entry")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_system_entry_seq")),
    )
    op.create_index("ix_audit_system_entry_time", "audit_system_entry", ["at"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_audit_entry_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_audit_entry_case_id_seq")),
    )
    op.create_index(op.f("ix_audit_entry_case_id"), "audit_entry", ["case_id"], unique=False)
    op.create_index("ix_audit_entry_case_time", "audit_entry", ["case_id", "at"], unique=False)
    op.create_index("ix_audit_entry_reader", "audit_entry", ["case_id", "actor_id", "event", "at"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_audit_head_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
        sa.UniqueConstraint("case_id", name=op.f("uq_audit_head_case_id")),
    )
    op.create_table(
        "read_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_read_mark_case_id_case_file")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_read_mark_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_mark")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_read_mark_case_id_id")),
        sa.UniqueConstraint("subject_id", "person_id", name=op.f("uq_read_mark_subject_id_person_id")),
    )
    op.create_index(op.f("ix_read_mark_case_id"), "read_mark", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_read_mark_case_id"), table_name="read_mark")
    op.drop_table("read_mark")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_reader", table_name="audit_entry")
    op.drop_index("ix_audit_entry_case_time", table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_case_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index("ix_audit_system_entry_time", table_name="audit_system_entry")
    op.drop_table("audit_system_entry")
