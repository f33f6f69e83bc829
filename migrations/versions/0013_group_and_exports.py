"""Group supervision: turns, ideas, whether the team may know a name. And what was exported of a case."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "group_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_ok", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_group_choice_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_choice")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_group_choice_case_id_id")),
        sa.UniqueConstraint("case_id", name=op.f("uq_group_choice_case_id")),
    )
    op.create_index(op.f("ix_group_choice_case_id"), "group_choice", ["case_id"], unique=False)

    op.create_table(
        "case_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "release_id"],
            ["release.case_id", "release.id"],
            name=op.f("fk_case_export_case_id_release_id_release"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_export_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_export")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_case_export_case_id_id")),
    )
    op.create_index(op.f("ix_case_export_case_id"), "case_export", ["case_id"], unique=False)

    op.create_table(
        "group_turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("held_by_id", sa.Uuid(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "goal_id"], ["goal.case_id", "goal.id"], name=op.f("fk_group_turn_case_id_goal_id_goal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_group_turn_case_id_case_file")),
        sa.ForeignKeyConstraint(["held_by_id"], ["person.id"], name=op.f("fk_group_turn_held_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_turn")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_group_turn_case_id_id")),
    )
    op.create_index("ix_group_turn_case_held", "group_turn", ["case_id", "held_on"], unique=False)
    op.create_index(op.f("ix_group_turn_case_id"), "group_turn", ["case_id"], unique=False)

    op.create_table(
        "group_idea",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("turn_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("noted_by_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by_id", sa.Uuid(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came_of", sa.LargeBinary(), nullable=False),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        sa.Column("followed_up_by_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "turn_id"],
            ["group_turn.case_id", "group_turn.id"],
            name=op.f("fk_group_idea_case_id_turn_id_group_turn"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_group_idea_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["followed_up_by_id"], ["person.id"], name=op.f("fk_group_idea_followed_up_by_id_person")
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_group_idea_noted_by_id_person")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_group_idea_offered_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_idea")),
        sa.UniqueConstraint("case_id", "id", name=op.f("uq_group_idea_case_id_id")),
    )
    op.create_index(op.f("ix_group_idea_case_id"), "group_idea", ["case_id"], unique=False)
    op.create_index("ix_group_idea_case_state", "group_idea", ["case_id", "state"], unique=False)
    op.create_index("ix_group_idea_turn", "group_idea", ["turn_id", "noted_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_group_idea_turn", table_name="group_idea")
    op.drop_index("ix_group_idea_case_state", table_name="group_idea")
    op.drop_index(op.f("ix_group_idea_case_id"), table_name="group_idea")

    op.drop_table("group_idea")
    op.drop_index(op.f("ix_group_turn_case_id"), table_name="group_turn")
    op.drop_index("ix_group_turn_case_held", table_name="group_turn")

    op.drop_table("group_turn")
    op.drop_index(op.f("ix_case_export_case_id"), table_name="case_export")

    op.drop_table("case_export")
    op.drop_index(op.f("ix_group_choice_case_id"), table_name="group_choice")

    op.drop_table("group_choice")
