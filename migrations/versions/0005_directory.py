"""The directory of places."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

#: The full-text index, which the two databases make in their own ways.
SQLITE = (
    (
        "CREATE VIRTUAL TABLE directory_search USING fts5(name, organization, category, description, "
        "place, filters, tokenize='unicode61 remove_diacritics 0')"
    ),
    ("INSERT INTO directory_search (directory_search, rank) VALUES ('rank', 'bm25(10.0, 5.0, 6.0, 1.0, 1.0, 0.0)')"),
    """
    CREATE TRIGGER directory_document_gone AFTER DELETE ON directory_document
        BEGIN DELETE FROM directory_search WHERE rowid = old.number; END
    """,
)
POSTGRESQL = (
    """
    CREATE TABLE directory_search (
            number integer PRIMARY KEY REFERENCES directory_document (number) ON DELETE CASCADE,
            words tsvector NOT NULL
        )
    """,
    "CREATE INDEX ix_directory_search_words ON directory_search USING gin (words)",
)


def upgrade() -> None:
    op.create_table(
        "directory_source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_source")),
        sa.UniqueConstraint("name", name=op.f("uq_directory_source_name")),
    )
    op.create_table(
        "directory_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("dialect", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_import_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_import")),
    )
    op.create_index(op.f("ix_directory_import_source_id"), "directory_import", ["source_id"], unique=False)
    op.create_table(
        "directory_organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("alternate_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("tax_status", sa.String(), nullable=False),
        sa.Column("tax_id", sa.String(), nullable=False),
        sa.Column("year_incorporated", sa.Integer(), nullable=True),
        sa.Column("legal_status", sa.String(), nullable=False),
        sa.Column("logo", sa.String(), nullable=False),
        sa.Column("uri", sa.String(), nullable=False),
        sa.Column("parent_organization_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_organization_parent_organization_id_directory_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_organization_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_organization")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_organization_source_id_external_id")),
    )
    op.create_index(
        op.f("ix_directory_organization_parent_organization_id"),
        "directory_organization",
        ["parent_organization_id"],
        unique=False,
    )
    op.create_table(
        "directory_taxonomy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("uri", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_taxonomy_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_taxonomy")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_taxonomy_source_id_external_id")),
    )
    op.create_table(
        "directory_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("uri", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_unit_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_unit")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_unit_source_id_external_id")),
    )
    op.create_table(
        "directory_import_problem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["directory_import.id"],
            name=op.f("fk_directory_import_problem_import_id_directory_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_import_problem")),
    )
    op.create_index(
        op.f("ix_directory_import_problem_import_id"), "directory_import_problem", ["import_id"], unique=False
    )
    op.create_table(
        "directory_location",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location_type", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("alternate_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("transportation", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("external_identifier", sa.String(), nullable=False),
        sa.Column("external_identifier_type", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_location_organization_id_directory_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_location_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_location")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_location_source_id_external_id")),
    )
    op.create_index(
        op.f("ix_directory_location_organization_id"), "directory_location", ["organization_id"], unique=False
    )
    op.create_table(
        "directory_organization_identifier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("identifier_scheme", sa.String(), nullable=False),
        sa.Column("identifier_type", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_organization_identifier_organization_id_directory_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_organization_identifier_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_organization_identifier")),
        sa.UniqueConstraint(
            "source_id", "external_id", name=op.f("uq_directory_organization_identifier_source_id_external_id")
        ),
    )
    op.create_index(
        op.f("ix_directory_organization_identifier_organization_id"),
        "directory_organization_identifier",
        ["organization_id"],
        unique=False,
    )
    op.create_table(
        "directory_program",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("alternate_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_program_organization_id_directory_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_program_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_program")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_program_source_id_external_id")),
    )
    op.create_index(
        op.f("ix_directory_program_organization_id"), "directory_program", ["organization_id"], unique=False
    )
    op.create_table(
        "directory_taxonomy_term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("taxonomy", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("taxonomy_id", sa.Uuid(), nullable=True),
        sa.Column("term_uri", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["directory_taxonomy_term.id"],
            name=op.f("fk_directory_taxonomy_term_parent_id_directory_taxonomy_term"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_taxonomy_term_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["taxonomy_id"],
            ["directory_taxonomy.id"],
            name=op.f("fk_directory_taxonomy_term_taxonomy_id_directory_taxonomy"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_taxonomy_term")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_taxonomy_term_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_taxonomy_term_key"), "directory_taxonomy_term", ["key"], unique=False)
    op.create_index(
        op.f("ix_directory_taxonomy_term_parent_id"), "directory_taxonomy_term", ["parent_id"], unique=False
    )
    op.create_index(op.f("ix_directory_taxonomy_term_path"), "directory_taxonomy_term", ["path"], unique=False)
    op.create_index(
        op.f("ix_directory_taxonomy_term_taxonomy_id"), "directory_taxonomy_term", ["taxonomy_id"], unique=False
    )
    op.create_table(
        "directory_accessibility",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["directory_location.id"],
            name=op.f("fk_directory_accessibility_location_id_directory_location"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_accessibility_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_accessibility")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_accessibility_source_id_external_id")),
    )
    op.create_index(
        op.f("ix_directory_accessibility_location_id"), "directory_accessibility", ["location_id"], unique=False
    )
    op.create_table(
        "directory_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("attention", sa.String(), nullable=False),
        sa.Column("address_1", sa.String(), nullable=False),
        sa.Column("address_2", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("state_province", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("address_type", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["directory_location.id"],
            name=op.f("fk_directory_address_location_id_directory_location"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_address_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_address")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_address_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_address_location_id"), "directory_address", ["location_id"], unique=False)
    op.create_table(
        "directory_attribute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("link_entity", sa.String(), nullable=False),
        sa.Column("taxonomy_term_id", sa.Uuid(), nullable=False),
        sa.Column("link_type", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_attribute_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["taxonomy_term_id"],
            ["directory_taxonomy_term.id"],
            name=op.f("fk_directory_attribute_taxonomy_term_id_directory_taxonomy_term"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_attribute")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_attribute_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_attribute_link_id"), "directory_attribute", ["link_id"], unique=False)
    op.create_index(
        op.f("ix_directory_attribute_taxonomy_term_id"), "directory_attribute", ["taxonomy_term_id"], unique=False
    )
    op.create_table(
        "directory_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("program_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("alternate_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("interpretation_services", sa.String(), nullable=False),
        sa.Column("application_process", sa.String(), nullable=False),
        sa.Column("fees_description", sa.String(), nullable=False),
        sa.Column("wait_time", sa.String(), nullable=False),
        sa.Column("accreditations", sa.String(), nullable=False),
        sa.Column("eligibility_description", sa.String(), nullable=False),
        sa.Column("minimum_age", sa.Double(), nullable=True),
        sa.Column("maximum_age", sa.Double(), nullable=True),
        sa.Column("assured_date", sa.Date(), nullable=True),
        sa.Column("assurer_email", sa.String(), nullable=False),
        sa.Column("licenses", sa.String(), nullable=False),
        sa.Column("alert", sa.String(), nullable=False),
        sa.Column("last_modified", sa.DateTime(timezone=True), nullable=True),
        sa.Column("keywords", sa.String(), nullable=False),
        sa.Column("payments_accepted", sa.String(), nullable=False),
        sa.Column("resource_kind", sa.String(40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("local_note", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_service_organization_id_directory_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["directory_program.id"],
            name=op.f("fk_directory_service_program_id_directory_program"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_service_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_service")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_service_source_id_external_id")),
    )
    op.create_index(
        op.f("ix_directory_service_organization_id"), "directory_service", ["organization_id"], unique=False
    )
    op.create_index(op.f("ix_directory_service_program_id"), "directory_service", ["program_id"], unique=False)
    op.create_table(
        "directory_cost_option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("amount_description", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_cost_option_service_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_cost_option_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_cost_option")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_cost_option_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_cost_option_service_id"), "directory_cost_option", ["service_id"], unique=False)
    op.create_table(
        "directory_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_document_service_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_document")),
        sa.UniqueConstraint("number", name=op.f("uq_directory_document_number")),
        sa.UniqueConstraint("service_id", name=op.f("uq_directory_document_service_id")),
    )
    op.create_index(op.f("ix_directory_document_sort_name"), "directory_document", ["sort_name"], unique=False)
    op.create_table(
        "directory_funding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_funding_organization_id_directory_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_funding_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_funding_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_funding")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_funding_source_id_external_id")),
    )
    op.create_index(
        op.f("ix_directory_funding_organization_id"), "directory_funding", ["organization_id"], unique=False
    )
    op.create_index(op.f("ix_directory_funding_service_id"), "directory_funding", ["service_id"], unique=False)
    op.create_table(
        "directory_required_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("uri", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_required_document_service_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_required_document_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_required_document")),
        sa.UniqueConstraint(
            "source_id", "external_id", name=op.f("uq_directory_required_document_source_id_external_id")
        ),
    )
    op.create_index(
        op.f("ix_directory_required_document_service_id"), "directory_required_document", ["service_id"], unique=False
    )
    op.create_table(
        "directory_service_at_location",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["directory_location.id"],
            name=op.f("fk_directory_service_at_location_location_id_directory_location"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_service_at_location_service_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_service_at_location_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_service_at_location")),
        sa.UniqueConstraint(
            "source_id", "external_id", name=op.f("uq_directory_service_at_location_source_id_external_id")
        ),
    )
    op.create_index(
        op.f("ix_directory_service_at_location_location_id"),
        "directory_service_at_location",
        ["location_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_directory_service_at_location_service_id"),
        "directory_service_at_location",
        ["service_id"],
        unique=False,
    )
    op.create_table(
        "directory_service_capacity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("available", sa.Double(), nullable=True),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=True),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_service_capacity_service_id_directory_service"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_service_capacity_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["directory_unit.id"],
            name=op.f("fk_directory_service_capacity_unit_id_directory_unit"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_service_capacity")),
        sa.UniqueConstraint(
            "source_id", "external_id", name=op.f("uq_directory_service_capacity_source_id_external_id")
        ),
    )
    op.create_index(
        op.f("ix_directory_service_capacity_service_id"), "directory_service_capacity", ["service_id"], unique=False
    )
    op.create_index(
        op.f("ix_directory_service_capacity_unit_id"), "directory_service_capacity", ["unit_id"], unique=False
    )
    op.create_table(
        "directory_url",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_url_organization_id_directory_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_url_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_url_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_url")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_url_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_url_organization_id"), "directory_url", ["organization_id"], unique=False)
    op.create_index(op.f("ix_directory_url_service_id"), "directory_url", ["service_id"], unique=False)
    op.create_table(
        "directory_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("service_at_location_id", sa.Uuid(), nullable=True),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["directory_location.id"],
            name=op.f("fk_directory_contact_location_id_directory_location"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_contact_organization_id_directory_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["directory_service_at_location.id"],
            name=op.f("fk_directory_contact_service_at_location_id_directory_service_at_location"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_contact_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_contact_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_contact")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_contact_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_contact_location_id"), "directory_contact", ["location_id"], unique=False)
    op.create_index(
        op.f("ix_directory_contact_organization_id"), "directory_contact", ["organization_id"], unique=False
    )
    op.create_index(
        op.f("ix_directory_contact_service_at_location_id"),
        "directory_contact",
        ["service_at_location_id"],
        unique=False,
    )
    op.create_index(op.f("ix_directory_contact_service_id"), "directory_contact", ["service_id"], unique=False)
    op.create_table(
        "directory_schedule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("service_at_location_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("dtstart", sa.Date(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("wkst", sa.String(), nullable=False),
        sa.Column("freq", sa.String(), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=True),
        sa.Column("byday", sa.String(), nullable=False),
        sa.Column("byweekno", sa.String(), nullable=False),
        sa.Column("bymonthday", sa.String(), nullable=False),
        sa.Column("byyearday", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=True),
        sa.Column("closes_at", sa.Time(), nullable=True),
        sa.Column("schedule_link", sa.String(), nullable=False),
        sa.Column("attending_type", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["directory_location.id"],
            name=op.f("fk_directory_schedule_location_id_directory_location"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["directory_service_at_location.id"],
            name=op.f("fk_directory_schedule_service_at_location_id_directory_service_at_location"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_schedule_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_schedule_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_schedule")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_schedule_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_schedule_location_id"), "directory_schedule", ["location_id"], unique=False)
    op.create_index(
        op.f("ix_directory_schedule_service_at_location_id"),
        "directory_schedule",
        ["service_at_location_id"],
        unique=False,
    )
    op.create_index(op.f("ix_directory_schedule_service_id"), "directory_schedule", ["service_id"], unique=False)
    op.create_table(
        "directory_service_area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("service_at_location_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("extent", sa.String(), nullable=False),
        sa.Column("extent_type", sa.String(), nullable=False),
        sa.Column("uri", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["directory_service_at_location.id"],
            name=op.f("fk_directory_service_area_service_at_location_id_directory_service_at_location"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_service_area_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_service_area_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_service_area")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_service_area_source_id_external_id")),
    )
    op.create_index(
        op.f("ix_directory_service_area_service_at_location_id"),
        "directory_service_area",
        ["service_at_location_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_directory_service_area_service_id"), "directory_service_area", ["service_id"], unique=False
    )
    op.create_table(
        "directory_phone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("service_at_location_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("extension", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["directory_contact.id"],
            name=op.f("fk_directory_phone_contact_id_directory_contact"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["directory_location.id"],
            name=op.f("fk_directory_phone_location_id_directory_location"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["directory_organization.id"],
            name=op.f("fk_directory_phone_organization_id_directory_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_at_location_id"],
            ["directory_service_at_location.id"],
            name=op.f("fk_directory_phone_service_at_location_id_directory_service_at_location"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_phone_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_phone_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_phone")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_phone_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_phone_contact_id"), "directory_phone", ["contact_id"], unique=False)
    op.create_index(op.f("ix_directory_phone_location_id"), "directory_phone", ["location_id"], unique=False)
    op.create_index(op.f("ix_directory_phone_organization_id"), "directory_phone", ["organization_id"], unique=False)
    op.create_index(
        op.f("ix_directory_phone_service_at_location_id"), "directory_phone", ["service_at_location_id"], unique=False
    )
    op.create_index(op.f("ix_directory_phone_service_id"), "directory_phone", ["service_id"], unique=False)
    op.create_table(
        "directory_language",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("phone_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["directory_location.id"],
            name=op.f("fk_directory_language_location_id_directory_location"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["directory_phone.id"],
            name=op.f("fk_directory_language_phone_id_directory_phone"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["directory_service.id"],
            name=op.f("fk_directory_language_service_id_directory_service"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["directory_source.id"],
            name=op.f("fk_directory_language_source_id_directory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_language")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_directory_language_source_id_external_id")),
    )
    op.create_index(op.f("ix_directory_language_location_id"), "directory_language", ["location_id"], unique=False)
    op.create_index(op.f("ix_directory_language_phone_id"), "directory_language", ["phone_id"], unique=False)
    op.create_index(op.f("ix_directory_language_service_id"), "directory_language", ["service_id"], unique=False)

    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE directory_search")
    op.drop_index(op.f("ix_directory_language_service_id"), table_name="directory_language")
    op.drop_index(op.f("ix_directory_language_phone_id"), table_name="directory_language")
    op.drop_index(op.f("ix_directory_language_location_id"), table_name="directory_language")
    op.drop_table("directory_language")
    op.drop_index(op.f("ix_directory_phone_service_id"), table_name="directory_phone")
    op.drop_index(op.f("ix_directory_phone_service_at_location_id"), table_name="directory_phone")
    op.drop_index(op.f("ix_directory_phone_organization_id"), table_name="directory_phone")
    op.drop_index(op.f("ix_directory_phone_location_id"), table_name="directory_phone")
    op.drop_index(op.f("ix_directory_phone_contact_id"), table_name="directory_phone")
    op.drop_table("directory_phone")
    op.drop_index(op.f("ix_directory_service_area_service_id"), table_name="directory_service_area")
    op.drop_index(op.f("ix_directory_service_area_service_at_location_id"), table_name="directory_service_area")
    op.drop_table("directory_service_area")
    op.drop_index(op.f("ix_directory_schedule_service_id"), table_name="directory_schedule")
    op.drop_index(op.f("ix_directory_schedule_service_at_location_id"), table_name="directory_schedule")
    op.drop_index(op.f("ix_directory_schedule_location_id"), table_name="directory_schedule")
    op.drop_table("directory_schedule")
    op.drop_index(op.f("ix_directory_contact_service_id"), table_name="directory_contact")
    op.drop_index(op.f("ix_directory_contact_service_at_location_id"), table_name="directory_contact")
    op.drop_index(op.f("ix_directory_contact_organization_id"), table_name="directory_contact")
    op.drop_index(op.f("ix_directory_contact_location_id"), table_name="directory_contact")
    op.drop_table("directory_contact")
    op.drop_index(op.f("ix_directory_url_service_id"), table_name="directory_url")
    op.drop_index(op.f("ix_directory_url_organization_id"), table_name="directory_url")
    op.drop_table("directory_url")
    op.drop_index(op.f("ix_directory_service_capacity_unit_id"), table_name="directory_service_capacity")
    op.drop_index(op.f("ix_directory_service_capacity_service_id"), table_name="directory_service_capacity")
    op.drop_table("directory_service_capacity")
    op.drop_index(op.f("ix_directory_service_at_location_service_id"), table_name="directory_service_at_location")
    op.drop_index(op.f("ix_directory_service_at_location_location_id"), table_name="directory_service_at_location")
    op.drop_table("directory_service_at_location")
    op.drop_index(op.f("ix_directory_required_document_service_id"), table_name="directory_required_document")
    op.drop_table("directory_required_document")
    op.drop_index(op.f("ix_directory_funding_service_id"), table_name="directory_funding")
    op.drop_index(op.f("ix_directory_funding_organization_id"), table_name="directory_funding")
    op.drop_table("directory_funding")
    op.drop_index(op.f("ix_directory_document_sort_name"), table_name="directory_document")
    op.drop_table("directory_document")
    op.drop_index(op.f("ix_directory_cost_option_service_id"), table_name="directory_cost_option")
    op.drop_table("directory_cost_option")
    op.drop_index(op.f("ix_directory_service_program_id"), table_name="directory_service")
    op.drop_index(op.f("ix_directory_service_organization_id"), table_name="directory_service")
    op.drop_table("directory_service")
    op.drop_index(op.f("ix_directory_attribute_taxonomy_term_id"), table_name="directory_attribute")
    op.drop_index(op.f("ix_directory_attribute_link_id"), table_name="directory_attribute")
    op.drop_table("directory_attribute")
    op.drop_index(op.f("ix_directory_address_location_id"), table_name="directory_address")
    op.drop_table("directory_address")
    op.drop_index(op.f("ix_directory_accessibility_location_id"), table_name="directory_accessibility")
    op.drop_table("directory_accessibility")
    op.drop_index(op.f("ix_directory_taxonomy_term_taxonomy_id"), table_name="directory_taxonomy_term")
    op.drop_index(op.f("ix_directory_taxonomy_term_path"), table_name="directory_taxonomy_term")
    op.drop_index(op.f("ix_directory_taxonomy_term_parent_id"), table_name="directory_taxonomy_term")
    op.drop_index(op.f("ix_directory_taxonomy_term_key"), table_name="directory_taxonomy_term")
    op.drop_table("directory_taxonomy_term")
    op.drop_index(op.f("ix_directory_program_organization_id"), table_name="directory_program")
    op.drop_table("directory_program")
    op.drop_index(
        op.f("ix_directory_organization_identifier_organization_id"), table_name="directory_organization_identifier"
    )
    op.drop_table("directory_organization_identifier")
    op.drop_index(op.f("ix_directory_location_organization_id"), table_name="directory_location")
    op.drop_table("directory_location")
    op.drop_index(op.f("ix_directory_import_problem_import_id"), table_name="directory_import_problem")
    op.drop_table("directory_import_problem")
    op.drop_table("directory_unit")
    op.drop_table("directory_taxonomy")
    op.drop_index(op.f("ix_directory_organization_parent_organization_id"), table_name="directory_organization")
    op.drop_table("directory_organization")
    op.drop_index(op.f("ix_directory_import_source_id"), table_name="directory_import")
    op.drop_table("directory_import")
    op.drop_table("directory_source")
