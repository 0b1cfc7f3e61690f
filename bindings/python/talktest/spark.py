"""Measuring and judging on a cluster of Spark: for millions of recordings of many athletes.

::

    rows = talktest.spark.measure(files, "s3://bucket/rows")    # files → rows, kept in Parquet
    verdicts = talktest.spark.judge(rows)                       # rows of each athlete → their runs

Executors need this package and nothing else. What a task does depends on its input alone, so a task
that is done again, after a fault or because somebody is slow, does the same.
"""

from __future__ import annotations

import json
import tempfile
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Deque, Iterator, List, Optional, Tuple
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.fs
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from . import _command, _tables

if TYPE_CHECKING:
    from typing_extensions import Unpack

#: Bytes of files that a task holds beside the one that it measures.
HELD = 32 << 20
#: Bytes of the largest file that is measured: the command takes no more in a batch than this and HELD.
LARGEST = 448 << 20
#: Files that a task fetches at a time.
FETCHED = 8
#: Bytes of files that a task reads, where their sizes are known.
TASK = 64 << 20

_SENT = pa.schema([("name", pa.string()), ("athlete", pa.string()), ("bytes", pa.binary())])


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
    todo = _unmeasured(_inputs(files), rows)
    schema = _ddl("row") + ",`input` STRING"
    if channels:
        schema += "," + _CHANNELS
    work = partial(_measure, settings=settings, root=root, channels=channels)
    if not todo.isEmpty():
        # As the command packs its own tables, and can read them.
        todo.mapInArrow(work, schema).write.option("compression", "zstd").mode("append").parquet(rows)
    return files.sparkSession.read.parquet(rows)


def judge(
    rows: DataFrame,
    *,
    settings: Optional[str] = None,
    **review: Unpack[_tables.Review],
) -> DataFrame:
    """Judges the rows of each athlete: what ``talktest audit`` says of their files.

    :param rows: what :func:`measure` gives.
    :param settings: the text of a ``talktest.toml`` that knows every athlete; without it each is judged
        by what the files themselves say.
    :param review: ``all``, ``as_recovery`` and so on, as for :func:`talktest.judge`.
    :returns: one line per run, with the columns of a run in ``talktest schema audit``.
    :raises TalktestError: where rows were measured by several versions, which are not comparable.
    """
    versions = sorted(row["measuring"] for row in rows.select("measuring").distinct().collect())
    if len(versions) > 1:
        told = " and ".join(versions)
        raise _command.TalktestError(f"the rows are of the measurings {told}: measure all again by one", 2)
    asked = _tables.review_arguments(review)

    # By its types it is told that a group comes batch by batch.
    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _judge(batches, settings, asked)

    own = [name for name in rows.columns if name not in ("input", "channels")]
    return rows.select(own).groupBy("athlete").applyInArrow(work, _ddl("audit"))


def _inputs(files: DataFrame) -> DataFrame:
    """The columns `input`, `athlete` and, where they are there, `bytes`; divided for the tasks."""
    athlete = F.col("athlete") if "athlete" in files.columns else F.lit(None)
    athlete = athlete.cast("string").alias("athlete")
    for name, content in (("name", "bytes"), ("path", "content")):
        if {name, content} <= set(files.columns):
            return files.select(F.col(name).alias("input"), athlete, F.col(content).alias("bytes"))
    if "uri" not in files.columns:
        raise ValueError("files need the columns uri, or name and bytes, or path and content")
    least = 4 * files.sparkSession.sparkContext.defaultParallelism
    bytes_ = files.agg(F.sum("size")).first()[0] if "size" in files.columns else None
    tasks = max(least, (bytes_ or 0) // TASK + 1)
    return files.select(F.col("uri").alias("input"), athlete).repartition(tasks)


def _unmeasured(inputs: DataFrame, rows: str) -> DataFrame:
    """The inputs of which the table has no row of this version."""
    try:
        known = inputs.sparkSession.read.parquet(rows)
    except AnalysisException as error:
        if "PATH_NOT_FOUND" in str(error) or "UNABLE_TO_INFER_SCHEMA" in str(error):
            return inputs
        raise
    known = known.where(F.col("measuring") == _measuring()).select("input").distinct()
    # Bytes are not sent around for the sake of a join.
    known = F.broadcast(known) if "bytes" in inputs.columns else known
    return inputs.join(known, "input", "left_anti")


def _schema(contract: str, form: str) -> str:
    return _command.output(["schema", contract, f"--format={form}"])


def _ddl(contract: str) -> str:
    return _schema(contract, "spark-ddl").replace("\n", "")


def _measuring() -> str:
    return json.loads(_schema("row", "json"))["oneOf"][0]["properties"]["measuring"]["const"]


# As docs/columns.md has them.
_CHANNELS = (
    "`channels` STRUCT<heart_rate_bpm: ARRAY<SMALLINT>, speed_cm_s: ARRAY<SMALLINT>,"
    " graded_speed_cm_s: ARRAY<SMALLINT>, grade_basis_points: ARRAY<SMALLINT>,"
    " altitude_dm: ARRAY<INT>, cadence_spm: ARRAY<SMALLINT>, movement: ARRAY<SMALLINT>>"
)


def _measure(
    batches: Iterator[pa.RecordBatch], *, settings: Optional[str], root: str, channels: bool
) -> Iterator[pa.RecordBatch]:
    """What a task does: files go through one process, which holds a few of them at a time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "talktest.toml")
        path.write_text(settings or "", encoding="utf-8")
        arguments = ["measure", "--bytes-from", "arrow", "--format", "arrow", "--jobs", "1"]
        arguments += ["--channels"] if channels else []
        sent: Deque[Tuple[str, str]] = deque()
        files = pa.RecordBatchReader.from_batches(_SENT, _sent(batches, root, sent))
        rows = _command.stream(arguments + ["--config", str(path)], files)
        next(rows, None)
        for batch in rows:
            yield _with_input(batch, sent)


def _with_input(batch: pa.RecordBatch, sent: Deque[Tuple[str, str]]) -> pa.RecordBatch:
    """Rows come in the order of the files, at least one for each."""
    inputs: List[str] = []
    for path in batch.column("path").to_pylist():
        while path != sent[0][0] and not path.startswith(sent[0][0] + "/"):
            sent.popleft()
        inputs.append(sent[0][1])
    names = batch.schema.names
    columns = dict(zip(names, batch.columns), input=pa.array(inputs, pa.string()))
    if "channels" in columns:
        columns["channels"] = columns.pop("channels")  # behind `input`, as in the schema
    return pa.record_batch(columns)


def _sent(
    batches: Iterator[pa.RecordBatch], root: str, sent: Deque[Tuple[str, str]]
) -> Iterator[pa.RecordBatch]:
    held: List[Tuple[str, Optional[str], Optional[bytes]]] = []
    size = 0
    for input_, athlete, content in _contents(batches):
        name = _name(input_, root)
        sent.append((name, input_))
        held.append((name, athlete, content))
        size += len(content or b"")
        if size >= HELD or len(held) == _tables.BATCH:
            yield _batch(held)
            held, size = [], 0
    if held:
        yield _batch(held)


def _batch(held: list) -> pa.RecordBatch:
    columns = [pa.array(column, field.type) for column, field in zip(zip(*held), _SENT)]
    return pa.record_batch(columns, schema=_SENT)


def _contents(batches: Iterator[pa.RecordBatch]) -> Iterator[Tuple[str, Optional[str], Optional[bytes]]]:
    with ThreadPoolExecutor(FETCHED) as pool:
        for batch in batches:
            inputs, athletes = (batch.column(name).to_pylist() for name in ("input", "athlete"))
            if "bytes" in batch.schema.names:
                column = batch.column("bytes")
                contents = (_bounded(value.as_py()) for value in column)
                yield from zip(inputs, athletes, contents)
                continue
            for first in range(0, len(inputs), FETCHED):
                some = slice(first, first + FETCHED)
                yield from zip(inputs[some], athletes[some], pool.map(_fetch, inputs[some]))


def _fetch(uri: str) -> Optional[bytes]:
    """The bytes of a file; null where they cannot be had, which becomes a row that says so."""
    try:
        system, path = pyarrow.fs.FileSystem.from_uri(uri)
        with system.open_input_stream(path) as file:
            return _bounded(file.read(LARGEST + 1))
    except (OSError, pa.ArrowException):
        return None


def _bounded(content: Optional[bytes]) -> Optional[bytes]:
    return content if content is None or len(content) <= LARGEST else None


def _name(input_: str, root: str) -> str:
    """What a file is called: its uri without the root, or without what is before its path."""
    if root and input_.startswith(root):
        return unquote(input_[len(root) :].lstrip("/"))
    parts = urlsplit(input_)
    return unquote(parts.path if parts.scheme else input_).lstrip("/")


def _judge(
    batches: Iterator[pa.RecordBatch], settings: Optional[str], asked: List[str]
) -> Iterator[pa.RecordBatch]:
    """What a task does for an athlete: the rows go through one process, and are not held here."""
    first = next(batches)
    known = settings or _tables.settings_of([first.column("athlete")[0].as_py()])
    rows = pa.RecordBatchReader.from_batches(first.schema, chain([first], batches))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "talktest.toml")
        path.write_text(known, encoding="utf-8")
        arguments = ["judge", "--input", "arrow", "--format", "arrow", "--config", str(path), *asked]
        runs = _command.stream(arguments, rows)
        next(runs, None)
        yield from runs
