"""Referrals, saved places and requests."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "place_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_place_request_asked_by_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_place_request_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_place_request_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_request")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_place_request_case_id_id")),
    )
    op.create_index(op.f("ix_place_request_case_id"), "place_request", ["case_id"], unique=False)
    op.create_index(op.f("ix_place_request_service_id"), "place_request", ["service_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("led_by", sa.String(40), nullable=False),
        sa.Column("need", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("what_to_bring", sa.LargeBinary(), nullable=False),
        sa.Column("cost", sa.LargeBinary(), nullable=False),
        sa.Column("contact_ok", sa.Boolean(), nullable=False),
        sa.Column("safe_contact", sa.LargeBinary(), nullable=False),
        sa.Column("first_session", sa.Boolean(), nullable=False),
        sa.Column("shared_with_supporters", sa.Boolean(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("offered_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appointment_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closure_reason", sa.String(40), nullable=True),
        sa.Column("outcome_rating", sa.String(40), nullable=True),
        sa.Column("last_news_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quiet_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "previous_id"],
            ["referral.case_id", "referral.id"],
            name=op.f("fk_referral_case_id_previous_id_referral"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "release_id"],
            ["release.case_id", "release.id"],
            name=op.f("fk_referral_case_id_release_id_release"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_referral_case_id_case_file")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_referral_offered_by_id_person")),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_referral_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_referral_case_id_id")),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"], unique=False)
    op.create_index(
        "ix_referral_quiet",
        "referral",
        ["quiet_from"],
        unique=False,
        sqlite_where=sa.text("quiet_from IS NOT NULL"),
        postgresql_where=sa.text("quiet_from IS NOT NULL"),
    )
    op.create_index(op.f("ix_referral_service_id"), "referral", ["service_id"], unique=False)
    op.create_table(
        "saved_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_saved_place_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_saved_place_service_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_place")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_saved_place_case_id_id")),
        sa.UniqueConstraint("case_id", "service_id", name=op.f("uq_saved_place_case_id_service_id")),
    )
    op.create_index(op.f("ix_saved_place_case_id"), "saved_place", ["case_id"], unique=False)
    op.create_index(op.f("ix_saved_place_service_id"), "saved_place", ["service_id"], unique=False)
    op.create_table(
        "referral_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("from_status", sa.String(40), nullable=False),
        sa.Column("to_status", sa.String(40), nullable=False),
        sa.Column("report", sa.String(40), nullable=True),
        sa.Column("claimed", sa.String(40), nullable=True),
        sa.Column("appointment_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("shown_to_client", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_referral_event_by_id_person")),
        sa.ForeignKeyConstraint(
            ["case_id", "referral_id"],
            ["referral.case_id", "referral.id"],
            name=op.f("fk_referral_event_case_id_referral_id_referral"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_referral_event_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_event")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_referral_event_case_id_id")),
    )
    op.create_index(op.f("ix_referral_event_case_id"), "referral_event", ["case_id"], unique=False)
    op.create_index(op.f("ix_referral_event_referral_id"), "referral_event", ["referral_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_referral_event_referral_id"), table_name="referral_event")
    op.drop_index(op.f("ix_referral_event_case_id"), table_name="referral_event")
    op.drop_table("referral_event")
    op.drop_index(op.f("ix_saved_place_service_id"), table_name="saved_place")
    op.drop_index(op.f("ix_saved_place_case_id"), table_name="saved_place")
    op.drop_table("saved_place")
    op.drop_index(op.f("ix_referral_service_id"), table_name="referral")
    op.drop_index(
        "ix_referral_quiet",
        table_name="referral",
        sqlite_where=sa.text("quiet_from IS NOT NULL"),
        postgresql_where=sa.text("quiet_from IS NOT NULL"),
    )
    op.drop_index(op.f("ix_referral_case_id"), table_name="referral")
    op.drop_table("referral")
    op.drop_index(op.f("ix_place_request_service_id"), table_name="place_request")
    op.drop_index(op.f("ix_place_request_case_id"), table_name="place_request")
    op.drop_table("place_request")
