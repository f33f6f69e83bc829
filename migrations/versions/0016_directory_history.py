"""Which source said what of a field and when, and what people here put right."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = (
    "accessibility",
    "address",
    "attribute",
    "contact",
    "cost_option",
    "funding",
    "language",
    "location",
    "organization",
    "organization_identifier",
    "phone",
    "program",
    "required_document",
    "schedule",
    "service",
    "service_area",
    "service_at_location",
    "service_capacity",
    "taxonomy",
    "taxonomy_term",
    "unit",
    "url",
)


def upgrade() -> None:
    op.create_table(
        "directory_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_change_source_id_directory_source"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_change")),
    )
    op.create_index("ix_directory_change_row", "directory_change", ["row_id", "at"], unique=False)
    op.create_index(op.f("ix_directory_change_source_id"), "directory_change", ["source_id"], unique=False)
    op.create_table(
        "directory_edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("theirs", sa.String(), nullable=False),
        sa.Column("theirs_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_edit_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_edit")),
        sa.UniqueConstraint("row_id", "field", name=op.f("uq_directory_edit_row_id_field")),
    )
    op.create_index(op.f("ix_directory_edit_source_id"), "directory_edit", ["source_id"], unique=False)
    op.add_column("directory_source", sa.Column("unfinished", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("row", "name"):
        op.add_column("directory_import_problem", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for table in TABLES:
        op.add_column(f"directory_{table}", sa.Column("added_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(f"directory_{table}", "added_at")
    for name in ("row", "name"):
        op.drop_column("directory_import_problem", name)
    op.drop_column("directory_source", "unfinished")
    op.drop_table("directory_edit")
    op.drop_table("directory_change")
