"""Brings older cases up to ``tables``. Run by ``revision.bring_up``; there is no alembic.ini."""
