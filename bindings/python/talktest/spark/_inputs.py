"""Which files are to be measured, and how they are divided."""

from typing import Optional

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from . import _contracts

#: Bytes of files that a task reads, where their sizes are known.
TASK = 64 << 20


def unmeasured(files: DataFrame, rows: str) -> Optional[DataFrame]:
    """The inputs of which the table has no row of this version, divided for the tasks: `input`,
    `athlete` and, where they are there, `bytes`. None where there are no such inputs."""
    inputs = _inputs(files)
    has_bytes = "bytes" in inputs.columns
    known = _known(files, rows)
    if known is not None:
        # Bytes are not sent around for the sake of a join.
        inputs = inputs.join(F.broadcast(known) if has_bytes else known, "input", "left_anti")
    if has_bytes:
        return None if inputs.isEmpty() else inputs
    count, bytes_ = inputs.agg(F.count("*"), F.sum("size")).first()
    least = 4 * files.sparkSession.sparkContext.defaultParallelism
    tasks = min(count, max(least, (bytes_ or 0) // TASK + 1))
    return inputs.drop("size").repartition(tasks) if count else None


def _inputs(files: DataFrame) -> DataFrame:
    athlete = F.col("athlete") if "athlete" in files.columns else F.lit(None)
    athlete = athlete.cast("string").alias("athlete")
    for name, content in (("name", "bytes"), ("path", "content")):
        if {name, content} <= set(files.columns):
            return files.select(F.col(name).alias("input"), athlete, F.col(content).alias("bytes"))
    if "uri" not in files.columns:
        raise ValueError("files need the columns uri, or name and bytes, or path and content")
    size = F.col("size") if "size" in files.columns else F.lit(None)
    return files.select(F.col("uri").alias("input"), athlete, size.cast("long").alias("size"))


def _known(files: DataFrame, rows: str) -> Optional[DataFrame]:
    """The inputs of which the table has rows of this version."""
    try:
        table = files.sparkSession.read.parquet(rows)
    except AnalysisException as error:
        if "PATH_NOT_FOUND" in str(error) or "UNABLE_TO_INFER_SCHEMA" in str(error):
            return None
        raise
    return table.where(F.col("measuring") == _contracts.measuring()).select("input").distinct()
