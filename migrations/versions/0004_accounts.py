"""Accounts, sessions and forms that act once."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "account_throttle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_throttle")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_account_throttle_key_hash")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("sign_in_name", sa.LargeBinary(), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name_hash", name=op.f("uq_account_name_hash")),
        sa.UniqueConstraint("person_id", "kind", name=op.f("uq_account_person_id_kind")),
    )
    op.create_table(
        "once_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_once_key_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_once_key")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_once_key_person_id_key")),
    )
    op.create_index(op.f("ix_once_key_created_at"), "once_key", ["created_at"], unique=False)
    op.create_table(
        "account_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_card_account_id_account")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_account_card_issued_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_card")),
    )
    op.create_index(op.f("ix_account_card_account_id"), "account_card", ["account_id"], unique=False)
    op.create_table(
        "account_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_from", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_code_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_code")),
    )
    op.create_index(op.f("ix_account_code_account_id"), "account_code", ["account_id"], unique=False)
    op.create_index(op.f("ix_account_code_asked_from"), "account_code", ["asked_from"], unique=False)
    op.create_index(op.f("ix_account_code_code_hash"), "account_code", ["code_hash"], unique=False)
    op.create_table(
        "account_sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_sign_in_token_hash")),
    )
    op.create_index(op.f("ix_account_sign_in_account_id"), "account_sign_in", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_account_sign_in_account_id"), table_name="account_sign_in")
    op.drop_table("account_sign_in")
    op.drop_index(op.f("ix_account_code_code_hash"), table_name="account_code")
    op.drop_index(op.f("ix_account_code_asked_from"), table_name="account_code")
    op.drop_index(op.f("ix_account_code_account_id"), table_name="account_code")
    op.drop_table("account_code")
    op.drop_index(op.f("ix_account_card_account_id"), table_name="account_card")
    op.drop_table("account_card")
    op.drop_index(op.f("ix_once_key_created_at"), table_name="once_key")
    op.drop_table("once_key")
    op.drop_table("account")
    op.drop_table("account_throttle")
