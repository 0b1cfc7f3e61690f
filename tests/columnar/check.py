"""Compares rows as columnar readers read them with what a JSON reader found: types and values.

    check.py ROWS LEAVES

ROWS is what `talktest measure` wrote. LEAVES has, for each of its lines, a JSON object with every
value that is neither null nor empty: path -> [type, value], the types being those of Python.
"""

import json
import sys

import duckdb
import polars
import pyarrow.json


def by_pyarrow(path):
    options = pyarrow.json.ReadOptions(block_size=64 << 20)
    return pyarrow.json.read_json(path, read_options=options).to_pylist()


def by_polars(path):
    return polars.read_ndjson(path, infer_schema_length=None).to_dicts()


def by_duckdb(path):
    query = "SELECT * FROM read_json(?, format = 'newline_delimited', sample_size = -1)"
    found = duckdb.connect().execute(query, [path])
    names = [column[0] for column in found.description]
    return [dict(zip(names, row)) for row in found.fetchall()]


def leaves(value, path=""):
    """Every value that is neither null nor empty, with its path and type."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}/{index}")
    elif value is not None:
        yield path, [type(value).__name__, value]


def differences(rows, expected):
    if len(rows) != len(expected):
        yield f"{len(rows)} rows, not {len(expected)}"
    for number, (row, wanted) in enumerate(zip(rows, expected), start=1):
        found = dict(leaves(row))
        for path in sorted(found.keys() | wanted.keys()):
            if found.get(path) != wanted.get(path):
                yield f"line {number}, {path}: {found.get(path)!r}, not {wanted.get(path)!r}"


def main(rows_path, leaves_path):
    with open(leaves_path, encoding="utf-8") as file:
        expected = [json.loads(line) for line in file]
    failed = False
    for read in (by_pyarrow, by_polars, by_duckdb):
        wrong = list(differences(read(rows_path), expected))
        failed = failed or bool(wrong)
        values = sum(len(wanted) for wanted in expected)
        print(f"{read.__name__}: {values} values, {len(wrong)} differ")
        print("\n".join(wrong[:20]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
