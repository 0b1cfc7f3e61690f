"""The command that the package installs: where it is, and how tables go through it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import threading
import warnings
from pathlib import Path
from typing import IO, Iterator, Optional, Sequence

try:
    import pyarrow as pa
    import pyarrow.ipc
except ImportError as missing:  # the command itself needs nothing
    raise ImportError("tables need pyarrow: pip install 'talktest[tables]'") from missing


class TalktestError(RuntimeError):
    """The command refused, in its own words.

    ``exit_code`` is 2 where arguments, settings or the table are wrong or a path is missing, 74 where
    something could not be written, 75 where another job holds the logbook.
    """

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


class TalktestWarning(UserWarning):
    """What the command said beside its result: rows that could not be used, settings unused."""


def command() -> str:
    """The path of the command, installed with this package.

    Raises :class:`FileNotFoundError` where it is not there.
    """
    name = "talktest" + (sysconfig.get_config_var("EXE") or "")
    user = "nt_user" if os.name == "nt" else "posix_user"
    folders = [
        Path(sysconfig.get_path("scripts")),
        Path(sys.executable).parent,
        Path(sysconfig.get_path("scripts", user)),
        Path(__file__).parents[1] / "bin",  # pip install --target
    ]
    for folder in folders:
        if (folder / name).is_file():
            return str(folder / name)
    found = shutil.which("talktest")
    if found is None:
        places = ", ".join(str(folder) for folder in folders)
        raise FileNotFoundError(f"the command talktest is in none of {places}, nor on the path")
    return found


def version() -> str:
    """The version of the command, such as ``0.1.0``."""
    return output(["--version"]).split()[-1]


def output(arguments: Sequence[str]) -> str:
    """What the command writes as text."""
    told = subprocess.run([command(), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if told.returncode != 0:
        raise TalktestError(_sentence(told.stderr), told.returncode)
    return told.stdout.decode("utf-8")


def _sentence(stderr: bytes) -> str:
    return stderr.decode("utf-8", "replace").strip().replace("talktest: ", "", 1)


def table(arguments: Sequence[str], rows: Optional[pa.RecordBatchReader] = None) -> pa.Table:
    """What the command writes as an Arrow stream, given rows on its standard input."""
    batches = stream(arguments, rows)
    schema = next(batches)
    return pa.Table.from_batches(list(batches), schema)


def stream(arguments: Sequence[str], rows: Optional[pa.RecordBatchReader] = None) -> Iterator:
    """The schema and then the batches of what the command writes, as they come."""
    stdin = subprocess.DEVNULL if rows is None else subprocess.PIPE
    with subprocess.Popen(
        [command(), *arguments], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        said: list = []
        failed: list = []
        threads = [threading.Thread(target=_listen, args=(process.stderr, said))]
        if rows is not None:
            threads.append(threading.Thread(target=_send, args=(process.stdin, rows, failed)))
        for thread in threads:
            thread.start()
        try:
            yield from _read(process.stdout)
        finally:
            # Whoever stops reading stops the command.
            process.stdout.close()
            for thread in threads:
                thread.join()
            process.wait()
        text = _sentence(b"".join(said))
        if failed:
            raise failed[0]
        if process.returncode != 0:
            raise TalktestError(text, process.returncode)
        if text:
            warnings.warn(text, TalktestWarning, stacklevel=4)


def _read(stdout: IO[bytes]) -> Iterator:
    try:
        reader = pyarrow.ipc.open_stream(stdout)
    except pa.ArrowInvalid:
        return  # nothing was written: the command says why
    yield reader.schema
    yield from reader


def _listen(stderr: IO[bytes], said: list) -> None:
    said.append(stderr.read())


def _send(stdin: IO[bytes], rows: pa.RecordBatchReader, failed: list) -> None:
    try:
        with stdin, pyarrow.ipc.new_stream(stdin, rows.schema) as writer:
            for batch in rows:
                writer.write_batch(batch)
    except BrokenPipeError:
        pass  # the command read enough, and says why
    except Exception as error:  # noqa: BLE001 — whatever gives the rows; it is raised where they are asked for
        failed.append(error)
