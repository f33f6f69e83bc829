"""Goals, steps, the plan and strengths."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("words_by_id", sa.Uuid(), nullable=False),
        sa.Column("words_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why_it_matters", sa.LargeBinary(), nullable=False),
        sa.Column("barriers", sa.LargeBinary(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("plain_summary", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("lifecycle", sa.String(40), nullable=False),
        sa.Column("ended_because", sa.LargeBinary(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_case_id_case_file")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_goal_created_by_id_person")),
        sa.ForeignKeyConstraint(["words_by_id"], ["person.id"], name=op.f("fk_goal_words_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_case_id_id")),
    )
    op.create_index(op.f("ix_goal_case_id"), "goal", ["case_id"], unique=False)
    op.create_index("ix_goal_case_lifecycle", "goal", ["case_id", "lifecycle"], unique=False)
    op.create_table(
        "plan_review_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_review_request_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review_request")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_plan_review_request_case_id_id")),
    )
    op.create_index(op.f("ix_plan_review_request_case_id"), "plan_review_request", ["case_id"], unique=False)
    op.create_table(
        "plan_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("provider", sa.LargeBinary(), nullable=False),
        sa.Column("unpaid_relationship", sa.LargeBinary(), nullable=False),
        sa.Column("frequency", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("resource_kind", sa.String(40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_plan_service_added_by_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_service_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_service")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_plan_service_case_id_id")),
    )
    op.create_index(op.f("ix_plan_service_case_id"), "plan_service", ["case_id"], unique=False)
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=True),
        sa.Column("hash", sa.String(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_words", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_version_case_id_case_file")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_plan_version_offered_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_plan_version_case_id_id")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_plan_version_case_id_number")),
    )
    op.create_index(op.f("ix_plan_version_case_id"), "plan_version", ["case_id"], unique=False)
    op.create_table(
        "strength_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("tense", sa.String(40), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=True),
        sa.Column("resource_kind", sa.String(40), nullable=True),
        sa.Column("added_by", sa.String(40), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_strength_entry_added_by_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_strength_entry_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength_entry")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_strength_entry_case_id_id")),
    )
    op.create_index(op.f("ix_strength_entry_case_id"), "strength_entry", ["case_id"], unique=False)
    op.create_table(
        "goal_cheer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cheered_on", sa.Date(), nullable=False),
        sa.Column("cheered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_goal_cheer_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_cheer_case_id_case_file")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_goal_cheer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_cheer")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_cheer_case_id_id")),
        sa.UniqueConstraint(
            "goal_id", "person_id", "cheered_on", name=op.f("uq_goal_cheer_goal_id_person_id_cheered_on")
        ),
    )
    op.create_index(op.f("ix_goal_cheer_case_id"), "goal_cheer", ["case_id"], unique=False)
    op.create_table(
        "goal_ladder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("worse", sa.LargeBinary(), nullable=False),
        sa.Column("now", sa.LargeBinary(), nullable=False),
        sa.Column("hoped", sa.LargeBinary(), nullable=False),
        sa.Column("better", sa.LargeBinary(), nullable=False),
        sa.Column("best", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_goal_ladder_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_ladder_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_ladder")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_ladder_case_id_id")),
        sa.UniqueConstraint("goal_id", name=op.f("uq_goal_ladder_goal_id")),
    )
    op.create_index(op.f("ix_goal_ladder_case_id"), "goal_ladder", ["case_id"], unique=False)
    op.create_table(
        "goal_ladder_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("rated_by", sa.String(40), nullable=False),
        sa.Column("rated_by_id", sa.Uuid(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("value BETWEEN -2 AND 2", name=op.f("ck_goal_ladder_rating_on_the_ladder")),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_goal_ladder_rating_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_ladder_rating_case_id_case_file")),
        sa.ForeignKeyConstraint(["rated_by_id"], ["person.id"], name=op.f("fk_goal_ladder_rating_rated_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_ladder_rating")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_ladder_rating_case_id_id")),
    )
    op.create_index(op.f("ix_goal_ladder_rating_case_id"), "goal_ladder_rating", ["case_id"], unique=False)
    op.create_index("ix_goal_ladder_rating_goal", "goal_ladder_rating", ["goal_id", "rated_at"], unique=False)
    op.create_table(
        "goal_progress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("progress", sa.String(40), nullable=False),
        sa.Column("rated_by", sa.String(40), nullable=False),
        sa.Column("rated_by_id", sa.Uuid(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_goal_progress_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_progress_case_id_case_file")),
        sa.ForeignKeyConstraint(["rated_by_id"], ["person.id"], name=op.f("fk_goal_progress_rated_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_progress")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_progress_case_id_id")),
    )
    op.create_index(op.f("ix_goal_progress_case_id"), "goal_progress", ["case_id"], unique=False)
    op.create_index("ix_goal_progress_goal", "goal_progress", ["goal_id", "rated_at"], unique=False)
    op.create_table(
        "goal_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_goal_wording_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_wording_case_id_case_file")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_goal_wording_written_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_wording")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_wording_case_id_id")),
    )
    op.create_index(op.f("ix_goal_wording_case_id"), "goal_wording", ["case_id"], unique=False)
    op.create_index("ix_goal_wording_goal", "goal_wording", ["goal_id", "replaced_at"], unique=False)
    op.create_table(
        "plan_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("typed_name", sa.LargeBinary(), nullable=False),
        sa.Column("sentence", sa.LargeBinary(), nullable=False),
        sa.Column("version_hash", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "version_id"],
            ["plan_version.case_id", "plan_version.id"],
            name=op.f("fk_plan_signature_case_id_version_id_plan_version"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_signature_case_id_case_file")),
        sa.ForeignKeyConstraint(["signer_id"], ["person.id"], name=op.f("fk_plan_signature_signer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_signature")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_plan_signature_case_id_id")),
        sa.UniqueConstraint("version_id", "signer_id", name=op.f("uq_plan_signature_version_id_signer_id")),
    )
    op.create_index(op.f("ix_plan_signature_case_id"), "plan_signature", ["case_id"], unique=False)
    op.create_index("ix_plan_signature_version", "plan_signature", ["version_id", "signed_at"], unique=False)
    op.create_table(
        "priority",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("rank BETWEEN 0 AND 4", name=op.f("ck_priority_on_the_list")),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_priority_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_priority_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_priority_case_id_id")),
        sa.UniqueConstraint("case_id", "rank", name=op.f("uq_priority_case_id_rank")),
    )
    op.create_index(op.f("ix_priority_case_id"), "priority", ["case_id"], unique=False)
    op.create_table(
        "strength_in_goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("strength_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_strength_in_goal_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "strength_id"],
            ["strength_entry.case_id", "strength_entry.id"],
            name=op.f("fk_strength_in_goal_case_id_strength_id_strength_entry"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_strength_in_goal_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength_in_goal")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_strength_in_goal_case_id_id")),
        sa.UniqueConstraint("strength_id", "goal_id", name=op.f("uq_strength_in_goal_strength_id_goal_id")),
    )
    op.create_index(op.f("ix_strength_in_goal_case_id"), "strength_in_goal", ["case_id"], unique=False)
    op.create_index("ix_strength_in_goal_goal", "strength_in_goal", ["goal_id"], unique=False)
    op.create_table(
        "strength_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("strength_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "strength_id"],
            ["strength_entry.case_id", "strength_entry.id"],
            name=op.f("fk_strength_wording_case_id_strength_id_strength_entry"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_strength_wording_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength_wording")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_strength_wording_case_id_id")),
    )
    op.create_index(op.f("ix_strength_wording_case_id"), "strength_wording", ["case_id"], unique=False)
    op.create_index("ix_strength_wording_strength", "strength_wording", ["strength_id", "replaced_at"], unique=False)
    op.create_table(
        "goal_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("doer", sa.String(40), nullable=False),
        sa.Column("doer_person_id", sa.Uuid(), nullable=True),
        sa.Column("doer_name", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("resource_kind", sa.String(40), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("strength_id", sa.Uuid(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_by", sa.String(40), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(doer IN ('staff', 'supporter')) = (doer_person_id IS NOT NULL)", name=op.f("ck_goal_step_doer_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_goal_step_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "referral_id"],
            ["referral.case_id", "referral.id"],
            name=op.f("fk_goal_step_case_id_referral_id_referral"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "replaces_id"],
            ["goal_step.case_id", "goal_step.id"],
            name=op.f("fk_goal_step_case_id_replaces_id_goal_step"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "strength_id"],
            ["strength_entry.case_id", "strength_entry.id"],
            name=op.f("fk_goal_step_case_id_strength_id_strength_entry"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_step_case_id_case_file")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_goal_step_created_by_id_person")),
        sa.ForeignKeyConstraint(["doer_person_id"], ["person.id"], name=op.f("fk_goal_step_doer_person_id_person")),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_goal_step_done_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_step")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_step_case_id_id")),
    )
    op.create_index("ix_goal_step_case_due", "goal_step", ["case_id", "state", "due_on"], unique=False)
    op.create_index(op.f("ix_goal_step_case_id"), "goal_step", ["case_id"], unique=False)
    op.create_index("ix_goal_step_doer", "goal_step", ["doer_person_id"], unique=False)
    op.create_index("ix_goal_step_goal", "goal_step", ["goal_id", "created_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_goal_step_goal", table_name="goal_step")
    op.drop_index("ix_goal_step_doer", table_name="goal_step")
    op.drop_index(op.f("ix_goal_step_case_id"), table_name="goal_step")
    op.drop_index("ix_goal_step_case_due", table_name="goal_step")
    op.drop_table("goal_step")
    op.drop_index("ix_strength_wording_strength", table_name="strength_wording")
    op.drop_index(op.f("ix_strength_wording_case_id"), table_name="strength_wording")
    op.drop_table("strength_wording")
    op.drop_index("ix_strength_in_goal_goal", table_name="strength_in_goal")
    op.drop_index(op.f("ix_strength_in_goal_case_id"), table_name="strength_in_goal")
    op.drop_table("strength_in_goal")
    op.drop_index(op.f("ix_priority_case_id"), table_name="priority")
    op.drop_table("priority")
    op.drop_index("ix_plan_signature_version", table_name="plan_signature")
    op.drop_index(op.f("ix_plan_signature_case_id"), table_name="plan_signature")
    op.drop_table("plan_signature")
    op.drop_index("ix_goal_wording_goal", table_name="goal_wording")
    op.drop_index(op.f("ix_goal_wording_case_id"), table_name="goal_wording")
    op.drop_table("goal_wording")
    op.drop_index("ix_goal_progress_goal", table_name="goal_progress")
    op.drop_index(op.f("ix_goal_progress_case_id"), table_name="goal_progress")
    op.drop_table("goal_progress")
    op.drop_index("ix_goal_ladder_rating_goal", table_name="goal_ladder_rating")
    op.drop_index(op.f("ix_goal_ladder_rating_case_id"), table_name="goal_ladder_rating")
    op.drop_table("goal_ladder_rating")
    op.drop_index(op.f("ix_goal_ladder_case_id"), table_name="goal_ladder")
    op.drop_table("goal_ladder")
    op.drop_index(op.f("ix_goal_cheer_case_id"), table_name="goal_cheer")
    op.drop_table("goal_cheer")
    op.drop_index(op.f("ix_strength_entry_case_id"), table_name="strength_entry")
    op.drop_table("strength_entry")
    op.drop_index(op.f("ix_plan_version_case_id"), table_name="plan_version")
    op.drop_table("plan_version")
    op.drop_index(op.f("ix_plan_service_case_id"), table_name="plan_service")
    op.drop_table("plan_service")
    op.drop_index(op.f("ix_plan_review_request_case_id"), table_name="plan_review_request")
    op.drop_table("plan_review_request")
    op.drop_index("ix_goal_case_lifecycle", table_name="goal")
    op.drop_index(op.f("ix_goal_case_id"), table_name="goal")
    op.drop_table("goal")
