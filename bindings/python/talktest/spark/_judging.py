"""How the rows of each athlete come together, and what a task does to judge them.

A part of the athletes goes through one process. Its rows move as bytes of Arrow, as the engine would
take rows of many nested columns apart, and put them together again, value by value.
"""

import tempfile
import zlib
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Iterator, List, Optional, Tuple, Union
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
import pyarrow.parquet
from pyspark.sql import DataFrame, SparkSession

from .. import _command, _tables
from . import _contracts, _folders

#: Rows of a part, unless an athlete has more: the command holds some of each.
PART = 4000
#: Bytes of rows that are divided at a time.
HELD = 32 << 20
#: Files of rows that a task divides.
FILES = 16
#: The part of the rows that are nobody's.
NOBODY = 0


def parts(spark: SparkSession, rows: Union[DataFrame, str]) -> DataFrame:
    """The rows of each athlete in one partition, packed in the column `rows`."""
    table = spark.read.parquet(rows) if isinstance(rows, str) else rows
    counted = {row["measuring"]: row["count"] for row in table.groupBy("measuring").count().collect()}
    if len(counted) > 1:
        told = " and ".join(sorted(counted))
        raise _command.TalktestError(f"the rows are of the measurings {told}: measure all again by one", 2)
    cores = spark.sparkContext.defaultParallelism
    count = max(4 * cores, sum(counted.values()) // PART) + 1
    schema = _contracts.rows_for_arrow()
    is_reached = isinstance(rows, str) and _folders.reached(spark, rows) is not None
    # The engine names no files of a table that it keeps in its cache.
    files = table.inputFiles() if is_reached else []
    if files:
        # Tasks read the files themselves.
        listed = spark.createDataFrame(pa.table({"file": pa.array(files, pa.string())}))
        listed = listed.repartition(max(cores, len(files) // FILES))
        packed = listed.mapInArrow(partial(_packed_files, schema=schema, count=count), _PACKED)
    else:
        own = table.select([name for name in schema.names if name in table.columns])
        packed = own.mapInArrow(partial(_packed, schema=schema, count=count), _PACKED)
    return packed.repartitionById(count, "part").select("rows")


_PACKED = "part INT, rows BINARY"


def _packed_files(
    files: Iterator[pa.RecordBatch], *, schema: pa.Schema, count: int
) -> Iterator[pa.RecordBatch]:
    uris = chain.from_iterable(batch.column("file").to_pylist() for batch in files)
    return _packed(chain.from_iterable(_read(uri, schema.names) for uri in uris), schema=schema, count=count)


def _read(uri: str, names: List[str]) -> Iterator[pa.RecordBatch]:
    # The engine leaves letters as they are that no uri of Arrow may have.
    with pyarrow.parquet.ParquetFile(unquote(urlsplit(uri).path)) as rows:
        yield from rows.iter_batches(batch_size=PART, columns=names)


def _packed(
    batches: Iterator[pa.RecordBatch], *, schema: pa.Schema, count: int
) -> Iterator[pa.RecordBatch]:
    """Rows, divided by whose they are."""
    for table in _tables.joined(batches, HELD):
        rows = _as_written(table, schema).combine_chunks().to_batches()[0]
        part = _part(rows.column("athlete"), count)
        order = pc.sort_indices(part)
        rows, part = rows.take(order), part.take(order)
        pieces = list(_pieces(pc.run_end_encode(part)))
        packed = [rows.slice(first, last - first).serialize().to_pybytes() for _, first, last in pieces]
        numbers = pa.array((number for number, _, _ in pieces), pa.int32())
        yield pa.record_batch({"part": numbers, "rows": pa.array(packed, pa.binary())})


def _as_written(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table that another program kept as the command wrote it."""
    has = set(table.column_names)
    nulls = partial(pa.nulls, table.num_rows)
    columns = [table[field.name] if field.name in has else nulls(field.type) for field in schema]
    return pa.table(columns, schema.names).cast(schema)


def _part(athletes: pa.Array, count: int) -> pa.Array:
    athletes = athletes.dictionary_encode()
    # The hash of Python differs from process to process.
    parts = [NOBODY + 1 + zlib.crc32(name.encode()) % (count - 1) for name in athletes.dictionary.to_pylist()]
    return pa.array(parts, pa.int32()).take(athletes.indices).fill_null(NOBODY)


def _pieces(parts: pa.Array) -> Iterator[Tuple[int, int, int]]:
    """Each part, with some of its rows: the first, and the one behind the last."""
    first = 0
    for number, end in zip(parts.values.to_pylist(), parts.run_ends.to_pylist()):
        while first < end:
            last = min(first + _tables.BATCH, end)
            yield number, first, last
            first = last


def judged(
    batches: Iterator[pa.RecordBatch], *, schema: pa.Schema, settings: Optional[str], asked: List[str]
) -> Iterator[pa.RecordBatch]:
    """The runs of a part."""
    packed = (message for batch in batches for message in batch.column("rows"))
    rows = (pyarrow.ipc.read_record_batch(message.as_buffer(), schema) for message in packed)
    first = next(rows, None)
    if first is None:
        return
    rows = chain([first], rows)
    with tempfile.TemporaryDirectory() as folder:
        if not settings:
            path = Path(folder, "rows")
            settings = _tables.settings_of(_kept(rows, schema, path))
            reader = pyarrow.ipc.open_stream(pa.memory_map(str(path)))
        else:
            reader = pa.RecordBatchReader.from_batches(schema, rows)
        path = Path(folder, "talktest.toml")
        path.write_text(settings, encoding="utf-8")
        arguments = ["judge", "--input", "arrow", "--format", "arrow", "--config", str(path), *asked]
        runs = _command.stream(arguments, reader)
        next(runs, None)
        yield from runs


def _kept(rows: Iterator[pa.RecordBatch], schema: pa.Schema, path: Path) -> set:
    """Puts rows on the disk, and says whose they are."""
    athletes: set = set()
    with pyarrow.ipc.new_stream(str(path), schema) as writer:
        for batch in rows:
            writer.write_batch(batch)
            athletes.update(pc.unique(batch.column("athlete")).to_pylist())
    return athletes
