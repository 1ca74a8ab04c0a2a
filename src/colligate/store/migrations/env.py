"""What Alembic runs: the migrations, on the connection and in the transaction of ``revision.bring_up``."""

from __future__ import annotations

from alembic import context

from colligate.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
    transactional_ddl=True,
)
context.run_migrations()
