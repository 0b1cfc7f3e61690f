"""Compares tables as columnar readers read them with what a JSON reader found: types and values.

    check.py ROWS.ndjson|ROWS.arrow|ROWS.parquet LEAVES

ROWS is what `talktest measure` wrote. LEAVES has, for each of its lines, a JSON object with every
value that is neither null nor empty: path -> [type, value], the types being those of Python.
"""

import json
import sys

import duckdb
import polars
import pyarrow.ipc
import pyarrow.json
import pyarrow.parquet


def lines_by_pyarrow(path):
    options = pyarrow.json.ReadOptions(block_size=64 << 20)
    return pyarrow.json.read_json(path, read_options=options).to_pylist()


def lines_by_polars(path):
    return polars.read_ndjson(path, infer_schema_length=None).to_dicts()


def by_duckdb(query, *parameters):
    found = duckdb.connect().execute(query, parameters)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row)) for row in found.fetchall()]


def lines_by_duckdb(path):
    query = "SELECT * FROM read_json(?, format = 'newline_delimited', sample_size = -1)"
    return by_duckdb(query, path)


def stream(path):
    with pyarrow.ipc.open_stream(path) as reader:
        return reader.read_all()


def stream_by_pyarrow(path):
    return stream(path).to_pylist()


def stream_by_polars(path):
    return polars.read_ipc_stream(path).to_dicts()


def stream_by_duckdb(path):
    rows = stream(path)
    connection = duckdb.connect()
    connection.register("rows", rows)
    found = connection.execute("SELECT * FROM rows")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row)) for row in found.fetchall()]


def file_by_pyarrow(path):
    return pyarrow.parquet.read_table(path).to_pylist()


def file_by_polars(path):
    return polars.read_parquet(path).to_dicts()


def file_by_duckdb(path):
    return by_duckdb("SELECT * FROM read_parquet(?)", path)


READERS = {
    "ndjson": [lines_by_pyarrow, lines_by_polars, lines_by_duckdb],
    "arrow": [stream_by_pyarrow, stream_by_polars, stream_by_duckdb],
    "parquet": [file_by_pyarrow, file_by_polars, file_by_duckdb],
}


def leaves(value, path=""):
    """Every value that is neither null nor empty, with its path and type."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}/{index}")
    elif value is not None:
        # What is packed is bytes in a table and base64 in a line.
        yield path, ["str", "packed"] if path in PACKED else [type(value).__name__, value]


PACKED = {"/row/lanes", "/row/outline"}


def differences(rows, expected):
    if len(rows) != len(expected):
        yield f"{len(rows)} rows, not {len(expected)}"
    for number, (row, wanted) in enumerate(zip(rows, expected), start=1):
        found = dict(leaves(row))
        wanted = {path: ["str", "packed"] if path in PACKED else leaf for path, leaf in wanted.items()}
        for path in sorted(found.keys() | wanted.keys()):
            if found.get(path) != wanted.get(path):
                yield f"line {number}, {path}: {found.get(path)!r}, not {wanted.get(path)!r}"


def main(rows_path, leaves_path):
    with open(leaves_path, encoding="utf-8") as file:
        expected = [json.loads(line) for line in file]
    failed = False
    for read in READERS[rows_path.rsplit(".")[-1]]:
        wrong = list(differences(read(rows_path), expected))
        failed = failed or bool(wrong)
        values = sum(len(wanted) for wanted in expected)
        print(f"{read.__name__}: {values} values, {len(wrong)} differ")
        print("\n".join(wrong[:20]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
