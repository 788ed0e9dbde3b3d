"""The private PostgreSQL."""

import psycopg
import pytest

from tests import postgres

pytestmark = pytest.mark.skipif(postgres.programs() is None, reason="needs the package postgresql")


def test_cluster_serves_in_its_block_and_not_after() -> None:
    with postgres.cluster() as address, psycopg.connect(address) as connection:
        encoding = connection.execute("SELECT current_setting('server_encoding'), lower('ÀÉ')").fetchone()

    assert encoding == ("UTF8", "àé")
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(address)


def test_cluster_asks_for_its_password() -> None:
    with postgres.cluster() as address:
        stranger = psycopg.conninfo.make_conninfo(address, password="guess")

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(stranger)
