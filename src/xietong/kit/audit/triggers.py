"""The database itself refuses to change or delete audit rows (migration, and tests that empty tables)."""

from typing import Any

TABLES = ("audit_entry", "audit_link")
REFUSAL = "audit rows are never changed or deleted"

SQLITE_ON = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$
"""
POSTGRES_ON = """
CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
"""


def install(connection: Any) -> None:
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION.format(refusal=REFUSAL))
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRES_ON.format(table=table))
                continue
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(SQLITE_ON.format(table=table, verb=verb, refusal=REFUSAL))


def remove(connection: Any) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_keep ON {table}")
                continue
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
