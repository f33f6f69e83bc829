"""Whose goal it is, what others suggest, how parts of life are, the organisation's own parts, what steps go with."""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "organisation_area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_area")),
        sa.UniqueConstraint("key", name=op.f("uq_organisation_area_key")),
    )
    op.create_table(
        "life_area_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("now", sa.Integer(), nullable=True),
        sa.Column("want", sa.Integer(), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("what_helps", sa.LargeBinary(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "now BETWEEN 1 AND 5 AND want BETWEEN 1 AND 5", name=op.f("ck_life_area_rating_out_of_five")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_life_area_rating_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_area_rating")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_life_area_rating_case_id_id")),
    )
    op.create_index(op.f("ix_life_area_rating_case_id"), "life_area_rating", ["case_id"], unique=False)
    op.create_index("ix_life_area_rating_case_area", "life_area_rating", ["case_id", "area", "rated_at"], unique=False)
    op.create_table(
        "strength_talk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tense", sa.String(40), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_strength_talk_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength_talk")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_strength_talk_case_id_id")),
        sa.UniqueConstraint("case_id", name=op.f("uq_strength_talk_case_id")),
    )
    op.create_index(op.f("ix_strength_talk_case_id"), "strength_talk", ["case_id"], unique=False)
    op.create_table(
        "goal_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_goal_mark_by_id_person")),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_goal_mark_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_mark_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_mark")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_mark_case_id_id")),
    )
    op.create_index(op.f("ix_goal_mark_case_id"), "goal_mark", ["case_id"], unique=False)
    op.create_index("ix_goal_mark_goal", "goal_mark", ["goal_id", "marked_at"], unique=False)
    op.create_table(
        "goal_suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("began_it", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_goal_suggestion_by_id_person")),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_goal_suggestion_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_goal_suggestion_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_suggestion")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_goal_suggestion_case_id_id")),
    )
    op.create_index(op.f("ix_goal_suggestion_case_id"), "goal_suggestion", ["case_id"], unique=False)
    op.create_index("ix_goal_suggestion_goal", "goal_suggestion", ["goal_id", "suggested_at"], unique=False)
    with op.batch_alter_table("goal_step") as table:
        table.add_column(sa.Column("service_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("sized_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(
            op.f("fk_goal_step_service_id_directory_service"),
            "directory_service",
            ["service_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(op.f("ix_goal_step_service_id"), ["service_id"], unique=False)
    _whose_words()
    _answers_seen_before()


def _answers_seen_before() -> None:
    """Answers from before this release are not new to anybody: only what comes from now on is to be noticed."""
    item = sa.table(
        "review_item",
        sa.column("case_id", sa.Uuid()),
        sa.column("subject_id", sa.Uuid()),
        sa.column("kind", sa.String()),
        sa.column("answered_at", sa.DateTime(timezone=True)),
    )
    case = sa.table("case_file", sa.column("id", sa.Uuid()), sa.column("client_id", sa.Uuid()))
    mark = sa.table(
        "read_mark",
        sa.column("id", sa.Uuid()),
        sa.column("case_id", sa.Uuid()),
        sa.column("person_id", sa.Uuid()),
        sa.column("subject_id", sa.Uuid()),
        sa.column("read_at", sa.DateTime(timezone=True)),
    )
    wanted = (
        sa.select(item.c.case_id, case.c.client_id, item.c.subject_id, sa.func.max(item.c.answered_at))
        .join(case, case.c.id == item.c.case_id)
        .where(item.c.answered_at.is_not(None), item.c.kind.in_(("goal", "strength")))
        .group_by(item.c.case_id, case.c.client_id, item.c.subject_id)
    )
    rows = op.get_bind().execute(wanted).all()
    made = [dict(zip(("case_id", "person_id", "subject_id", "read_at"), row, strict=True), id=uuid4()) for row in rows]
    if made:
        op.bulk_insert(mark, made)


def _whose_words() -> None:
    """Say of old wordings of strengths when they were written, and whose the first one of each entry was."""
    with op.batch_alter_table("strength_wording") as table:
        table.add_column(sa.Column("written_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("by_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_strength_wording_by_id_person"), "person", ["by_id"], ["id"])
    # A wording began where the one before it ended; the first of an entry with the entry, in its author's words.
    op.execute(
        "UPDATE strength_wording SET written_at = (SELECT max(earlier.replaced_at) FROM strength_wording AS earlier"
        " WHERE earlier.strength_id = strength_wording.strength_id"
        " AND earlier.replaced_at < strength_wording.replaced_at)"
    )
    op.execute(
        "UPDATE strength_wording SET by_id = (SELECT added_by_id FROM strength_entry"
        " WHERE strength_entry.id = strength_wording.strength_id), written_at = (SELECT created_at FROM strength_entry"
        " WHERE strength_entry.id = strength_wording.strength_id) WHERE written_at IS NULL"
    )
    with op.batch_alter_table("strength_wording") as table:
        table.alter_column("written_at", existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("strength_wording") as table:
        table.drop_constraint(op.f("fk_strength_wording_by_id_person"), type_="foreignkey")
        table.drop_column("by_id")
        table.drop_column("written_at")
    with op.batch_alter_table("goal_step") as table:
        table.drop_index(op.f("ix_goal_step_service_id"))
        table.drop_constraint(op.f("fk_goal_step_service_id_directory_service"), type_="foreignkey")
        table.drop_column("ticked_at")
        table.drop_column("sized_at")
        table.drop_column("service_id")
    for name in ("goal_suggestion", "goal_mark", "strength_talk", "life_area_rating", "organisation_area"):
        op.drop_table(name)
