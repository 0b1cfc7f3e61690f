"""Tables in, tables out."""

from __future__ import annotations

import json
import os
import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Iterator, List, Optional, TypedDict, Union

import pyarrow as pa
import pyarrow.compute as pc

from . import _command

if TYPE_CHECKING:
    from typing_extensions import Unpack

PathLike = Union[str, "os.PathLike[str]"]
#: A pyarrow table, batch or reader, or whatever else speaks Arrow, such as a frame of polars, pandas
#: or DuckDB.
Tabular = Any

#: Rows that are sent together: the command holds one batch at a time.
BATCH = 256


class Review(TypedDict, total=False):
    """What is judged, and what is told of it; the names are those of the command's options."""

    #: Every run, not only the recovery runs.
    all: bool
    #: Judge every listed run as if it were labelled recovery.
    as_recovery: bool
    #: Only runs from this local day on, ``YYYY-MM-DD``; those before count as history.
    since: Optional[str]
    #: Only runs up to this local day.
    until: Optional[str]
    #: Also the splits of each run, and its time at each heart rate.
    splits: bool
    #: Also the verdicts at limits moved by up to 15 beats per minute.
    what_if: bool


def measure(
    source: Union[PathLike, Iterable[PathLike], Tabular],
    *,
    settings: Optional[PathLike] = None,
    channels: bool = False,
    with_map: bool = False,
    jobs: Optional[int] = None,
) -> pa.Table:
    """Measures recordings: at least one row for each file, with a problem where it cannot be read.

    :param source: a path or several: files, folders, archives. Or a table of files with the columns
        ``name`` (string), ``bytes`` (binary; null where they could not be had) and, if wanted,
        ``athlete`` (string).
    :param settings: a ``talktest.toml``, which says whose file is whose.
    :param channels: also the cleaned run at 1 Hz, as lists in the column ``channels``.
    :param with_map: also the shape of the route (``row.outline``), which may be recognised on a map.
    :param jobs: the number of threads; one per core if not given.
    :returns: rows with the columns of ``talktest schema row``: ``row.clocks.moving_s`` in seconds,
        ``row.way.distance_m`` in metres, ``row.heart_rate.mean_bpm`` in beats per minute, and so on.
        Rows of sessions have the key (``content``, ``session``, ``measuring``).
    :raises TalktestError: where a path is missing, or settings or table are wrong.
    """
    arguments = ["measure", "--format", "arrow", "--progress", "never"]
    arguments += _given("--config", settings) + _given("--jobs", jobs)
    arguments += _asked("--channels", channels) + _asked("--with-map", with_map)
    if _is_tabular(source):
        return _command.table(arguments + ["--bytes-from", "arrow"], _reader(source))
    return _command.table(arguments + ["--"] + _paths(source))


def judge(
    rows: Tabular,
    *,
    settings: Optional[PathLike] = None,
    **review: Unpack[Review],
) -> pa.Table:
    """Judges rows of any number of measurings, in any order: the verdicts of ``talktest audit``.

    All rows of an athlete have to be there: a run is judged beside those before it.

    :param rows: what :func:`measure` gave, whole or as it was kept in Parquet.
    :param settings: a ``talktest.toml`` with limits, labels, athletes; without it every athlete of the
        rows is judged by default limits and what the files themselves say.
    :param all: every run, not only the recovery runs.
    :param as_recovery: judge every listed run as if it were labelled recovery.
    :param since: only runs from this local day on, ``YYYY-MM-DD``; those before count as history.
    :param until: only runs up to this local day.
    :param splits: also the splits of each run, and its time at each heart rate.
    :param what_if: also the verdicts at limits moved by up to 15 beats per minute.
    :returns: one line per run, with the columns of a run in ``talktest schema audit``:
        ``audit.verdict`` is ``kept``, ``slipped``, ``not_recovery`` or ``cannot_judge``, null where the
        run was not judged.
    :raises TalktestError: where no row can be used, or settings are wrong.
    """
    arguments = ["judge", "--input", "arrow", "--format", "arrow", *review_arguments(review)]
    if settings is not None:
        return _command.table(arguments + _given("--config", settings), _reader(rows))
    table = _reader(rows).read_all()
    has_athletes = "athlete" in table.column_names
    athletes = pc.unique(table["athlete"]).to_pylist() if has_athletes else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "talktest.toml")
        path.write_text(settings_of(athletes), encoding="utf-8")
        return _command.table(arguments + ["--config", str(path)], _reader(table))


def audit(
    folder: Union[PathLike, Iterable[PathLike]],
    *,
    settings: Optional[PathLike] = None,
    logbook: Optional[PathLike] = None,
    jobs: Optional[int] = None,
    **review: Unpack[Review],
) -> pa.Table:
    """Measures and judges everything in a folder, or in several folders, files and archives.

    :param settings: a ``talktest.toml``; if not given, the one in the folder.
    :param logbook: a file that remembers what was read, so that the next audit reads only what changed.
    :returns: as :func:`judge`, which describes the other parameters too.
    :raises TalktestError: where a path is missing, settings are wrong, or another job holds the logbook.
    """
    arguments = ["audit", "--format", "arrow", "--progress", "never", "--quiet"]
    arguments += review_arguments(review)
    arguments += _given("--config", settings) + _given("--jobs", jobs)
    arguments += ["--no-logbook"] if logbook is None else ["--logbook", os.fspath(logbook)]
    return _command.table(arguments + ["--"] + _paths(folder))


def channels(rows: Tabular) -> pa.Table:
    """The cleaned runs second by second, from rows of ``measure(…, channels=True)``.

    :returns: one line per second of timer time, with ``path``, ``session``, ``second`` from 0,
        ``heart_rate_bpm`` (null where it was not recorded or cannot be trusted), ``speed_cm_s``,
        ``graded_speed_cm_s`` (grade-adjusted), ``grade_basis_points`` (rise over run in
        ten-thousandths), ``altitude_dm`` (decimetres), ``cadence_spm`` and ``movement`` (0 standing,
        1 walking, 2 running or not known).
    :raises ValueError: where the rows have no channels.
    """
    table = _reader(rows).read_all()
    if "channels" not in table.column_names:
        raise ValueError("these rows have no channels: measure(…, channels=True) writes them")
    table = table.select(["path", "session", "channels"]).filter(pc.is_valid(table["channels"]))
    lists = table["channels"].combine_chunks()
    names = [field.name for field in lists.type]
    first = lists.field(names[0])
    lengths = pc.list_value_length(first).to_pylist()
    parents = pc.list_parent_indices(first)
    columns = {name: pc.take(table[name], parents) for name in ("path", "session")}
    seconds = chain.from_iterable(range(length) for length in lengths)
    columns["second"] = pa.array(seconds, pa.int32(), size=sum(lengths))
    columns.update((name, pc.list_flatten(lists.field(name))) for name in names)
    return pa.table(columns)


def review_arguments(review: Review) -> List[str]:
    """The options of the command that say the same."""
    unknown = sorted(set(review) - set(Review.__annotations__))
    if unknown:
        raise TypeError(f"there is no parameter {' or '.join(unknown)}")
    arguments: List[str] = []
    for name, value in review.items():
        option = "--" + name.replace("_", "-")
        arguments += _asked(option, value) if isinstance(value, bool) else _given(option, value)
    return arguments


def _given(option: str, value: Any) -> List[str]:
    return [] if value is None else [f"{option}={value}"]


def _asked(option: str, is_asked: bool) -> List[str]:
    return [option] if is_asked else []


def _paths(source: Union[PathLike, Iterable[PathLike]]) -> List[str]:
    paths = [source] if isinstance(source, (str, os.PathLike)) else list(source)
    if not paths:
        raise ValueError("no path is named")
    return [os.fspath(path) for path in paths]


def _is_tabular(source: Any) -> bool:
    arrow = (pa.Table, pa.RecordBatch, pa.RecordBatchReader)
    return isinstance(source, arrow) or hasattr(source, "__arrow_c_stream__")


def _reader(rows: Tabular) -> pa.RecordBatchReader:
    """Rows a batch at a time, whatever they come as."""
    if isinstance(rows, pa.RecordBatchReader):
        return rows
    if isinstance(rows, pa.RecordBatch):
        rows = pa.Table.from_batches([rows])
    if not isinstance(rows, pa.Table):
        rows = pa.table(rows)
    return pa.RecordBatchReader.from_batches(rows.schema, _batches(rows))


def _batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    return iter(table.to_batches(max_chunksize=BATCH))


def joined(batches: Iterable[pa.RecordBatch], least: int) -> Iterator[pa.Table]:
    """Batches of one schema together, as soon as they have so many bytes; the last may have fewer."""
    held: List[pa.RecordBatch] = []
    size = 0
    for batch in filter(len, batches):
        held.append(batch)
        size += batch.nbytes
        if size >= least:
            yield pa.Table.from_batches(held)
            held, size = [], 0
    if held:
        yield pa.Table.from_batches(held)


def settings_of(athletes: Iterable[Optional[str]]) -> str:
    """Settings that know these athletes, and nothing else about them."""
    names = sorted({name for name in athletes if name is not None})
    if len(names) < 2:
        return "".join(f"[athlete]\nname = {_quoted(name)}\n" for name in names)
    # Whose row is whose is said by the rows; nothing lies in these folders.
    tables = (
        f"[athletes.{_quoted(name)}]\nfolder = {_quoted(f'.talktest/{number}')}\n"
        for number, name in enumerate(names)
    )
    return "".join(tables)


def _quoted(text: str) -> str:
    """A text of TOML, which has no halves of characters, and allows no sign of deletion."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
