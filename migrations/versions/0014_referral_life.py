"""The rest of a referral's life: what was told last, taking it back, disputes, hand-overs and their links."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "referral_handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("sent_to", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(40), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "referral_id"],
            ["referral.case_id", "referral.id"],
            name=op.f("fk_referral_handover_case_id_referral_id_referral"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "release_id"],
            ["release.case_id", "release.id"],
            name=op.f("fk_referral_handover_case_id_release_id_release"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_referral_handover_case_id_case_file")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_referral_handover_made_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_handover")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_referral_handover_case_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_referral_handover_token_hash")),
    )
    op.create_index(op.f("ix_referral_handover_case_id"), "referral_handover", ["case_id"], unique=False)
    op.create_index(op.f("ix_referral_handover_referral_id"), "referral_handover", ["referral_id"], unique=False)
    with op.batch_alter_table("referral") as table:
        table.add_column(sa.Column("urgency", sa.String(40), nullable=False, server_default="routine"))
        table.add_column(sa.Column("status_source", sa.String(40), nullable=False, server_default="administrative"))
        table.add_column(sa.Column("disputed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("last_report", sa.String(40), nullable=True))
        table.add_column(sa.Column("last_report_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("referral_event") as table:
        table.add_column(sa.Column("was", sa.JSON(), nullable=True))
        table.add_column(sa.Column("takes_back_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("handover_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_referral_event_case_id_takes_back_id_referral_event"),
            "referral_event",
            ["case_id", "takes_back_id"],
            ["case_id", "id"],
        )
        table.create_foreign_key(
            op.f("fk_referral_event_case_id_handover_id_referral_handover"),
            "referral_handover",
            ["case_id", "handover_id"],
            ["case_id", "id"],
        )
    _tell_what_was_told()
    with op.batch_alter_table("outbox_message") as table:
        table.add_column(sa.Column("address", sa.LargeBinary(), nullable=True))


def _tell_what_was_told() -> None:
    """How we know each present state: from the last piece of news that set it."""
    op.execute(
        "UPDATE referral SET status_source = COALESCE((SELECT e.source FROM referral_event AS e"
        " WHERE e.referral_id = referral.id AND e.to_status = referral.status ORDER BY e.at DESC, e.id DESC LIMIT 1),"
        " 'administrative')"
    )


def downgrade() -> None:
    with op.batch_alter_table("outbox_message") as table:
        table.drop_column("address")
    with op.batch_alter_table("referral_event") as table:
        table.drop_constraint(op.f("fk_referral_event_case_id_handover_id_referral_handover"), type_="foreignkey")
        table.drop_constraint(op.f("fk_referral_event_case_id_takes_back_id_referral_event"), type_="foreignkey")
        table.drop_column("handover_id")
        table.drop_column("takes_back_id")
        table.drop_column("was")
    with op.batch_alter_table("referral") as table:
        for name in ("nudged_at", "last_report_at", "last_report", "disputed_at", "status_source", "urgency"):
            table.drop_column(name)
    op.drop_index(op.f("ix_referral_handover_referral_id"), table_name="referral_handover")
    op.drop_index(op.f("ix_referral_handover_case_id"), table_name="referral_handover")
    op.drop_table("referral_handover")
