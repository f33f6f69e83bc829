"""Messages and staff notes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "message_thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supporter_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_author_id", sa.Uuid(), nullable=True),
        sa.Column("last_role", sa.String(40), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_message_thread_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["last_author_id"], ["person.id"], name=op.f("fk_message_thread_last_author_id_person")
        ),
        sa.ForeignKeyConstraint(["supporter_id"], ["person.id"], name=op.f("fk_message_thread_supporter_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_thread")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_message_thread_case_id_id")),
        sa.UniqueConstraint("case_id", "supporter_id", name=op.f("uq_message_thread_case_id_supporter_id")),
    )
    op.create_index(op.f("ix_message_thread_case_id"), "message_thread", ["case_id"], unique=False)
    op.create_index(
        "uq_message_thread_client",
        "message_thread",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("supporter_id IS NULL"),
        postgresql_where=sa.text("supporter_id IS NULL"),
    )
    op.create_table(
        "staff_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_staff_note_author_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_staff_note_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_note")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_staff_note_case_id_id")),
    )
    op.create_index(op.f("ix_staff_note_case_id"), "staff_note", ["case_id"], unique=False)
    op.create_index("ix_staff_note_case_time", "staff_note", ["case_id", "written_at", "id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("supporter_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_message_author_id_person")),
        sa.ForeignKeyConstraint(
            ["case_id", "thread_id"],
            ["message_thread.case_id", "message_thread.id"],
            name=op.f("fk_message_case_id_thread_id_message_thread"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_message_case_id_case_file")),
        sa.ForeignKeyConstraint(["supporter_id"], ["person.id"], name=op.f("fk_message_supporter_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_message_case_id_id")),
    )
    op.create_index(op.f("ix_message_case_id"), "message", ["case_id"], unique=False)
    op.create_index("ix_message_thread_time", "message", ["thread_id", "sent_at", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_message_thread_time", table_name="message")
    op.drop_index(op.f("ix_message_case_id"), table_name="message")
    op.drop_table("message")
    op.drop_index("ix_staff_note_case_time", table_name="staff_note")
    op.drop_index(op.f("ix_staff_note_case_id"), table_name="staff_note")
    op.drop_table("staff_note")
    op.drop_index(
        "uq_message_thread_client",
        table_name="message_thread",
        sqlite_where=sa.text("supporter_id IS NULL"),
        postgresql_where=sa.text("supporter_id IS NULL"),
    )
    op.drop_index(op.f("ix_message_thread_case_id"), table_name="message_thread")
    op.drop_table("message_thread")
