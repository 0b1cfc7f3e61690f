"""Tables in folders that driver and executors reach as such: on one machine, or on a shared disk.

Tasks write the files of a table themselves, each under a name that nobody else has, into a folder that
the engine does not see. The driver moves those that successful tasks name; what an attempt left that was
given up is thrown away. So a task that is done twice counts once.
"""

import shutil
import uuid
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Callable, Iterator, List, Optional

import pyarrow as pa
import pyarrow.parquet
from pyspark.sql import DataFrame, SparkSession

from .. import _tables

#: Bytes of a row group, unpacked: whoever reads holds one.
ROW_GROUP = 64 << 20

#: What a task does with its batches.
Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def reached(spark: SparkSession, table: str) -> Optional[Path]:
    """The folder of a table; None where it lies in another file system, which only the engine knows."""
    path = spark._jvm.org.apache.hadoop.fs.Path(table)
    uri = path.getFileSystem(spark._jsc.hadoopConfiguration()).makeQualified(path).toUri()
    return Path(uri.getPath()) if uri.getScheme() == "file" else None


def append(inputs: DataFrame, work: Work, folder: Path) -> None:
    """Adds to a table what tasks make of these inputs, file by file."""
    with _hidden(folder) as place:
        for name in _written(inputs, work, place):
            (place / name).rename(folder / name)


def create(inputs: DataFrame, work: Work, folder: Path) -> None:
    """Makes a table of what tasks make of these inputs: it is there whole or not at all."""
    with _hidden(folder.parent) as place:
        finished = place / "finished"
        finished.mkdir()
        for name in _written(inputs, work, place):
            (place / name).rename(finished / name)
        finished.rename(folder)  # refused where a folder with anything in it is there meanwhile


def refuse_if_there(folder: Path) -> None:
    """Before the work, not only after it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is there already: name another folder, or delete it")


@contextmanager
def _hidden(within: Path) -> Iterator[Path]:
    # What begins so is passed over by whoever reads tables.
    place = within / f"_{uuid.uuid4().hex}"
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _written(inputs: DataFrame, work: Work, place: Path) -> List[str]:
    """The files that successful tasks wrote."""
    files = inputs.mapInArrow(partial(_write, work=work, place=str(place)), "file STRING")
    return [row["file"] for row in files.collect()]


def _write(inputs: Iterator[pa.RecordBatch], *, work: Work, place: str) -> Iterator[pa.RecordBatch]:
    batches = work(inputs)
    first = next(batches, None)
    if first is None:
        return
    if not Path(place).is_dir():
        raise FileNotFoundError(f"{place} cannot be reached from here: tables lie where every executor writes")
    name = f"{uuid.uuid4().hex}.parquet"
    with pyarrow.parquet.ParquetWriter(Path(place, name), first.schema, compression="zstd") as file:
        for table in _tables.joined(chain([first], batches), ROW_GROUP):
            file.write_table(table)
    yield pa.record_batch({"file": [name]})
