"""Measuring and judging on a cluster of Spark: for millions of recordings of many athletes.

::

    talktest.spark.measure(files, "rows")                       # files → rows, kept in Parquet
    runs = talktest.spark.judge("rows", all=True, runs="runs")  # rows of each athlete → their runs

Executors need this package and nothing else. What a task does depends on its input alone, so a task
that is done again, after a fault or because somebody is slow, does the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Optional, Union

from pyspark.sql import DataFrame, SparkSession

from .. import _tables
from . import _contracts, _folders, _inputs, _judging, _measuring

if TYPE_CHECKING:
    from typing_extensions import Unpack


def measure(
    files: DataFrame,
    rows: str,
    *,
    settings: Optional[str] = None,
    root: str = "",
    channels: bool = False,
) -> DataFrame:
    """Measures what is not yet measured, adds it to a table of rows, and gives the whole table.

    :param files: either ``uri`` (string; whatever :func:`pyarrow.fs.FileSystem.from_uri` opens, or a
        path that all executors have), and if wanted ``size`` in bytes, by which the work is divided; or
        the bytes themselves: ``name`` and ``bytes``, or what ``spark.read.format("binaryFile")`` gives.
        Each with ``athlete`` (string), if wanted.
    :param rows: where the table of rows lies (Parquet); it may not be there yet. Files that it holds
        rows of, measured by this version, are not read again: their name or uri is its column ``input``.
    :param settings: the text of a ``talktest.toml``, which says by the folder whose a file is where
        ``athlete`` does not.
    :param root: what is taken away from the front of every uri or name; the rest names the file.
    :param channels: also the cleaned run at 1 Hz.
    :returns: rows with the columns of ``talktest schema row``; at least one for each file, with its
        ``problem`` where it could not be had or read.
    """
    todo = _inputs.unmeasured(files, rows)
    if todo is not None:
        work = partial(_measuring.measured, settings=settings, root=root, channels=channels)
        folder = _folders.reached(files.sparkSession, rows)
        if folder is None:
            table = todo.mapInArrow(work, _contracts.rows_for_spark(channels))
            # As the command packs its own tables, and can read them.
            table.write.option("compression", "zstd").mode("append").parquet(rows)
        else:
            _folders.append(todo, work, folder)
            # The engine did not see it, and may have kept what was there before.
            files.sparkSession.catalog.refreshByPath(rows)
    return files.sparkSession.read.parquet(rows)


def judge(
    rows: Union[DataFrame, str],
    *,
    settings: Optional[str] = None,
    runs: Optional[str] = None,
    **review: Unpack[_tables.Review],
) -> DataFrame:
    """Judges the rows of each athlete: what ``talktest audit`` says of their files.

    :param rows: where the table lies that :func:`measure` wrote; or that table or a part of it, which
        takes more time.
    :param settings: the text of a ``talktest.toml`` that knows every athlete; without it each is judged
        by what the files themselves say.
    :param runs: where a table of the result is written (Parquet), which must not be there yet; without it
        the result is worked out whenever it is asked for.
    :param review: ``all``, ``as_recovery`` and so on, as for :func:`talktest.judge`.
    :returns: one line per run, with the columns of a run in ``talktest schema audit``.
    :raises TalktestError: where rows were measured by several versions, which are not comparable.
    :raises FileExistsError: where something lies at ``runs``; in file systems that only the engine knows,
        its own ``AnalysisException``.
    """
    spark = SparkSession.active() if isinstance(rows, str) else rows.sparkSession
    folder = _folders.reached(spark, runs) if runs is not None else None
    if folder is not None:
        _folders.refuse_if_there(folder)
    parts = _judging.parts(spark, rows)
    asked = _tables.review_arguments(review)
    work = partial(_judging.judged, schema=_contracts.rows_for_arrow(), settings=settings, asked=asked)
    columns = _contracts.runs_for_spark()
    if folder is not None:
        _folders.create(parts, work, folder)
        spark.catalog.refreshByPath(runs)
    else:
        judged = parts.mapInArrow(work, columns)
        if runs is None:
            return judged
        judged.write.parquet(runs)
    return spark.read.schema(columns).parquet(runs)
