"""Search: points on the map, the words of the directory, places by name, and what people say is wrong."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "directory_facet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_facet")),
    )
    op.create_index(op.f("ix_directory_facet_kind"), "directory_facet", ["kind"], unique=False)

    op.create_table(
        "directory_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_place")),
    )
    op.create_index(op.f("ix_directory_place_key"), "directory_place", ["key"], unique=False)

    op.create_table(
        "directory_word",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("skeleton", sa.String(), nullable=False),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_word")),
        sa.UniqueConstraint("word", name=op.f("uq_directory_word_word")),
    )
    op.create_index(op.f("ix_directory_word_skeleton"), "directory_word", ["skeleton"], unique=False)
    op.create_index("ix_directory_word_start", "directory_word", ["start", "named"], unique=False)

    op.create_table(
        "place_twin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("hidden_id", sa.Uuid(), nullable=True),
        sa.Column("judged_by_id", sa.Uuid(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["directory_service.id"],
            name=op.f("fk_place_twin_first_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["judged_by_id"], ["person.id"], name=op.f("fk_place_twin_judged_by_id_person")),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["directory_service.id"],
            name=op.f("fk_place_twin_second_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_twin")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_place_twin_first_id_second_id")),
    )
    op.create_index(op.f("ix_place_twin_first_id"), "place_twin", ["first_id"], unique=False)
    op.create_index(op.f("ix_place_twin_second_id"), "place_twin", ["second_id"], unique=False)

    op.create_table(
        "place_word",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("wrong", sa.String(40), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_place_word_answered_by_id_person")),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_place_word_service_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_word")),
    )
    op.create_index(op.f("ix_place_word_service_id"), "place_word", ["service_id"], unique=False)
    op.create_index(op.f("ix_place_word_told_at"), "place_word", ["told_at"], unique=False)

    op.create_table(
        "directory_site",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"],
            ["directory_document.number"],
            name=op.f("fk_directory_site_number_directory_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_site")),
    )
    op.create_index(op.f("ix_directory_site_number"), "directory_site", ["number"], unique=False)
    op.create_index("ix_directory_site_point", "directory_site", ["latitude", "longitude"], unique=False)

    op.add_column("directory_document", sa.Column("checked_on", sa.Date(), nullable=True))
    op.add_column("directory_document", sa.Column("edition", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    op.drop_column("directory_document", "edition")
    op.drop_column("directory_document", "checked_on")

    op.drop_index("ix_directory_site_point", "directory_site")
    op.drop_index("ix_directory_site_number", "directory_site")

    op.drop_table("directory_site")
    op.drop_index("ix_place_word_told_at", "place_word")
    op.drop_index("ix_place_word_service_id", "place_word")

    op.drop_table("place_word")
    op.drop_index("ix_place_twin_second_id", "place_twin")
    op.drop_index("ix_place_twin_first_id", "place_twin")

    op.drop_table("place_twin")
    op.drop_index("ix_directory_word_start", "directory_word")
    op.drop_index("ix_directory_word_skeleton", "directory_word")

    op.drop_table("directory_word")
    op.drop_index("ix_directory_place_key", "directory_place")

    op.drop_table("directory_place")
    op.drop_index("ix_directory_facet_kind", "directory_facet")

    op.drop_table("directory_facet")
