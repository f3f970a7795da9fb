import os
import signal
import threading
from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.errors import InputError
from bisect_ml.sources.database import MAX_THREADS, ONE_THREAD_BYTES, Database, identifier, literal


@pytest.fixture
def database() -> Iterator[Database]:
    with Database() as database:
        yield database


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1))
def test_names_and_texts_are_quoted(text: str) -> None:
    found = duckdb.execute(f"SELECT {literal(text)} AS {identifier(text)}")
    assert found.description[0][0] == text
    assert found.fetchall() == [(text,)]


def test_errors_are_ours_and_name_the_log(database: Database) -> None:
    database.subject = "log.csv"
    with pytest.raises(InputError, match=r"^log\.csv: cannot be read: .*nowhere") as caught:
        database.rows("SELECT * FROM nowhere")
    assert "\n" not in caught.value.message
    with pytest.raises(InputError, match=r"^log\.csv"):
        database.arrays("SELECT 'a'::INTEGER")
    with pytest.raises(InputError, match=r"^log\.csv"):
        database.register("frame", pd.DataFrame({"a": np.array([1j])}))


def test_memory_is_bounded_and_said(database: Database) -> None:
    with database.memory_limit("10MB"), pytest.raises(InputError, match="of memory") as caught:
        database.rows("SELECT quantile_cont(i, 0.5) FROM range(10_000_000) AS numbers(i)")
    assert "narrower bucket" in caught.value.hint
    assert database.row("SELECT current_setting('memory_limit')") == ("953.6 MiB",)


def test_python_variables_are_no_tables(database: Database) -> None:
    secret = pd.DataFrame({"a": [1]})
    with pytest.raises(InputError):
        database.rows("SELECT * FROM secret")
    assert len(secret) == 1


def test_an_interrupt_stays_one(database: Database) -> None:
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        database.rows("SELECT count(*) FROM range(30_000_000_000) AS numbers(i) WHERE hash(i) = 5")


def test_missing_values_in_arrays(database: Database) -> None:
    found = database.arrays("SELECT * FROM (VALUES (1, 'x', NULL), (NULL, NULL, 2)) AS rows(a, b, c)")
    np.testing.assert_array_equal(found["a"], [1, np.nan])
    assert found["b"].tolist() == ["x", None]
    np.testing.assert_array_equal(found["c"], [np.nan, 2])


def test_small_inputs_are_read_in_one_order_and_large_ones_by_all_cores(database: Database) -> None:
    threads = "SELECT current_setting('threads')"
    database.expect(ONE_THREAD_BYTES // 2)
    assert database.row(threads) == (1,)
    database.expect(ONE_THREAD_BYTES)
    assert database.row(threads) == (min(MAX_THREADS, os.cpu_count() or 1),)
