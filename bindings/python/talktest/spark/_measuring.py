"""What a task does to measure: files go through one process, which holds a few of them at a time."""

import tempfile
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Deque, Iterator, List, Optional, Tuple
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.fs

from .. import _command, _tables

#: Bytes of files that a task holds beside those that it measures and fetches: more would not stay in
#: the caches of a processor.
HELD = 4 << 20
#: Bytes of the largest file that is measured: the command takes no more in a batch than this and HELD.
LARGEST = 448 << 20
#: Files that a task fetches at a time.
FETCHED = 8

_SENT = pa.schema([("name", pa.string()), ("athlete", pa.string()), ("bytes", pa.binary())])

#: What a file is called, and its bytes, where they can be had.
_Content = Tuple[str, Optional[str], Optional[bytes]]


def measured(
    batches: Iterator[pa.RecordBatch], *, settings: Optional[str], root: str, channels: bool
) -> Iterator[pa.RecordBatch]:
    """The rows of these inputs."""
    contents = _contents(batches)
    first = next(contents, None)
    if first is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "talktest.toml")
        path.write_text(settings or "", encoding="utf-8")
        arguments = ["measure", "--bytes-from", "arrow", "--format", "arrow", "--jobs", "1"]
        arguments += ["--channels"] if channels else []
        sent: Deque[Tuple[str, str]] = deque()
        files = pa.RecordBatchReader.from_batches(_SENT, _sent(chain([first], contents), root, sent))
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
    return pa.record_batch(columns).replace_schema_metadata(batch.schema.metadata)


def _sent(
    contents: Iterator[_Content], root: str, sent: Deque[Tuple[str, str]]
) -> Iterator[pa.RecordBatch]:
    held: List[_Content] = []
    size = 0
    for input_, athlete, content in contents:
        name = _name(input_, root)
        sent.append((name, input_))
        held.append((name, athlete, content))
        size += len(content or b"")
        if size >= HELD or len(held) == _tables.BATCH:
            yield _batch(held)
            held, size = [], 0
    if held:
        yield _batch(held)


def _batch(held: List[_Content]) -> pa.RecordBatch:
    columns = [pa.array(column, field.type) for column, field in zip(zip(*held), _SENT)]
    return pa.record_batch(columns, schema=_SENT)


def _contents(batches: Iterator[pa.RecordBatch]) -> Iterator[_Content]:
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
                # Threads help where a store answers late; a disk does not.
                fetch = pool.map if any(map(_is_far, inputs[some])) else map
                yield from zip(inputs[some], athletes[some], fetch(_fetch, inputs[some]))


def _is_far(uri: str) -> bool:
    scheme, mark, _ = uri.partition("://")
    return bool(mark) and scheme != "file"


def _fetch(uri: str) -> Optional[bytes]:
    """The bytes of a file; null where they cannot be had, which becomes a row that says so."""
    try:
        system, path = pyarrow.fs.FileSystem.from_uri(uri)
        with system.open_input_file(path) as file:
            # As much memory is taken as is asked for.
            return _bounded(file.read(min(file.size(), LARGEST + 1)))
    except (OSError, pa.ArrowException):
        return None


def _bounded(content: Optional[bytes]) -> Optional[bytes]:
    return content if content is None or len(content) <= LARGEST else None


def _name(input_: str, root: str) -> str:
    """What a file is called: its uri without the root, or without what is before its path."""
    if root and input_.startswith(root):
        return unquote(input_[len(root) :].lstrip("/"))
    try:
        parts = urlsplit(input_)
    except ValueError:
        return input_  # it cannot be read either, and is called what it was called
    return unquote(parts.path if parts.scheme else input_).lstrip("/")
