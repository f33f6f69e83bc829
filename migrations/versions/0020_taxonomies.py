"""Names of categories in other languages, the licence of a taxonomy, and when a service last changed here."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("directory_taxonomy", sa.Column("licence", sa.String(), server_default="", nullable=False))
    op.add_column("directory_taxonomy_term", sa.Column("names", sa.JSON(), server_default="{}", nullable=True))
    op.add_column("directory_taxonomy_term", sa.Column("shown", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("directory_service", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_directory_service_changed_at"), "directory_service", ["changed_at"])
    op.create_index(
        "ix_directory_service_open",
        "directory_service",
        ["id"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    for table in ("service", "location"):
        op.create_index(
            f"ix_directory_{table}_closed",
            f"directory_{table}",
            ["id"],
            sqlite_where=sa.text("closed_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL"),
        )
    op.create_index("ix_directory_location_position", "directory_location", ["latitude", "longitude"])
    having = ["taxonomy_term_id", "link_entity", "link_id"]
    op.create_index("ix_directory_attribute_having", "directory_attribute", having)
    op.create_index("ix_directory_address_postal_code", "directory_address", ["postal_code"], postgresql_using="hash")
    op.create_index("ix_directory_service_area_name", "directory_service_area", ["name"], postgresql_using="hash")
    # What is here already came with its source's latest delivery, as far as anybody knows.
    op.execute(
        "UPDATE directory_service SET changed_at = "
        "(SELECT imported_at FROM directory_source WHERE directory_source.id = directory_service.source_id)"
    )


def downgrade() -> None:
    for table, name in (
        ("service_area", "name"),
        ("address", "postal_code"),
        ("attribute", "having"),
        ("location", "position"),
        ("location", "closed"),
        ("service", "closed"),
        ("service", "open"),
    ):
        op.drop_index(f"ix_directory_{table}_{name}", table_name=f"directory_{table}")
    op.drop_index(op.f("ix_directory_service_changed_at"), table_name="directory_service")
    op.drop_column("directory_service", "changed_at")
    for column in ("shown", "names"):
        op.drop_column("directory_taxonomy_term", column)
    op.drop_column("directory_taxonomy", "licence")
