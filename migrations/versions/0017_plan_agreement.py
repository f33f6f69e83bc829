"""What a plan holds besides goals, signatures on paper and aloud, copies given, reviews, and the contact agreed on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OPEN = sa.text("state IN ('open', 'proposed')")


def upgrade() -> None:
    op.add_column("case_file", sa.Column("review_reason", sa.String(40), nullable=True))
    op.add_column("case_file", sa.Column("contact_every_days", sa.Integer(), nullable=True))
    op.add_column("plan_version", sa.Column("material", sa.String(), nullable=True))
    op.add_column("plan_version", sa.Column("frame", sa.LargeBinary(), nullable=True))
    op.add_column("plan_version", sa.Column("started_parts", sa.JSON(), nullable=True))
    op.add_column("plan_service", sa.Column("quantity", sa.Integer(), nullable=True))
    op.add_column("plan_service", sa.Column("unit", sa.String(40), nullable=True))
    op.add_column("plan_service", sa.Column("interval", sa.String(40), nullable=True))
    op.add_column("plan_service", sa.Column("reason_source", sa.LargeBinary(), nullable=True))
    op.add_column("plan_service", sa.Column("self_directed", sa.Boolean(), nullable=True))
    op.add_column("plan_service", sa.Column("until_on", sa.Date(), nullable=True))
    with op.batch_alter_table("plan_signature") as table:
        table.alter_column("signer_id", existing_type=sa.Uuid(), nullable=True)
        table.add_column(sa.Column("comment", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("witness", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("answers", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("recorded_by_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("scan_hash", sa.String(), nullable=True))
        table.add_column(sa.Column("seal", sa.LargeBinary(), nullable=True))
        table.create_foreign_key(
            op.f("fk_plan_signature_recorded_by_id_person"), "person", ["recorded_by_id"], ["id"]
        )  # fmt: skip
    _items()
    _papers()
    _reviews()


def _items() -> None:
    op.create_table(
        "plan_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("more", sa.LargeBinary(), nullable=False),
        sa.Column("need", sa.String(40), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("added_by", sa.String(40), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_out_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_plan_item_added_by_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_item_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_plan_item_case_id_id")),
    )
    op.create_index("ix_plan_item_case", "plan_item", ["case_id", "taken_out_on"], unique=False)
    op.create_index(op.f("ix_plan_item_case_id"), "plan_item", ["case_id"], unique=False)


def _papers() -> None:
    op.create_table(
        "plan_signature_scan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_plan_signature_scan_added_by_id_person")),
        sa.ForeignKeyConstraint(
            ["case_id", "signature_id"],
            ["plan_signature.case_id", "plan_signature.id"],
            name=op.f("fk_plan_signature_scan_case_id_signature_id_plan_signature"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_signature_scan_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_signature_scan")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_plan_signature_scan_case_id_id")),
        sa.UniqueConstraint("signature_id", name=op.f("uq_plan_signature_scan_signature_id")),
    )
    op.create_index(op.f("ix_plan_signature_scan_case_id"), "plan_signature_scan", ["case_id"], unique=False)
    op.create_table(
        "plan_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("to_name", sa.LargeBinary(), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("part", sa.LargeBinary(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "version_id"],
            ["plan_version.case_id", "plan_version.id"],
            name=op.f("fk_plan_copy_case_id_version_id_plan_version"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_copy_case_id_case_file")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_plan_copy_given_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_copy")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_plan_copy_case_id_id")),
    )
    op.create_index(op.f("ix_plan_copy_case_id"), "plan_copy", ["case_id"], unique=False)
    op.create_index("ix_plan_copy_version", "plan_copy", ["version_id", "given_on"], unique=False)


def _reviews() -> None:
    op.create_table(
        "plan_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("client_words", sa.LargeBinary(), nullable=False),
        sa.Column("staff_words", sa.LargeBinary(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("contact_every_days", sa.Integer(), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_review_case_id_case_file")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_plan_review_opened_by_id_person")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_plan_review_proposed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_plan_review_case_id_id")),
    )
    op.create_index(op.f("ix_plan_review_case_id"), "plan_review", ["case_id"], unique=False)
    op.create_index(
        "uq_plan_review_open", "plan_review", ["case_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    for gone in ("plan_review", "plan_copy", "plan_signature_scan", "plan_item"):
        op.drop_table(gone)
    with op.batch_alter_table("plan_signature") as table:
        table.drop_constraint(op.f("fk_plan_signature_recorded_by_id_person"), type_="foreignkey")
        # Who signed stays empty where somebody without an account did: nothing is thrown away.
        for name in ("seal", "scan_hash", "recorded_by_id", "answers", "witness", "comment"):
            table.drop_column(name)
    for name in ("until_on", "self_directed", "reason_source", "interval", "unit", "quantity"):
        op.drop_column("plan_service", name)
    for name in ("started_parts", "frame", "material"):
        op.drop_column("plan_version", name)
    for name in ("contact_every_days", "review_reason"):
        op.drop_column("case_file", name)
