"""Alembic's environment: runs within the transaction that the program hands over."""

from __future__ import annotations

from alembic import context

from archive_app.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
