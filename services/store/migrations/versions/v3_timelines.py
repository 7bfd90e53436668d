"""What people do to timelines, sign-ins to the web page, and people by generation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Make the tables; the people there are become the first generation."""
    for name, key in (("entries", "id"), ("accounts", "person")):
        op.create_table(
            name,
            sa.Column(key, sa.Text, primary_key=True),
            sa.Column("row", sa.LargeBinary, nullable=False),
            sqlite_with_rowid=False,
        )
    directory = op.create_table(
        "directory",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.CheckConstraint('"only" = 1'),
    )
    op.bulk_insert(directory, [{"only": 1, "generation": 1}])
    op.rename_table("people", "people_before")
    op.create_table(
        "people",
        sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("row", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute('INSERT INTO people SELECT 1, position, "row" FROM people_before')
    op.drop_table("people_before")
