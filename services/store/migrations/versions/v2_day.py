"""The day's counts, and whom callers spoke with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "day",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("row", sa.LargeBinary, nullable=False),
        sa.CheckConstraint('"only" = 1'),
    )
    op.create_table(
        "spoken",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("row", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
