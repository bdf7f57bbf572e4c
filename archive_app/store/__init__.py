"""The archive's database; the only room that knows SQLAlchemy."""
