"""Tables through the package are what the command writes."""

import json
import pathlib
import unittest
import warnings

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet

import talktest

from .support import RUN, SEASON, SETTINGS, runs_of_the_command, run, temporary


class Judged(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Two months of the season: judged a dozen times.
        cls.files = sorted(SEASON.glob("2026-0[45]-*.*"))
        cls.rows = talktest.measure(cls.files)
        cls.expected = runs_of_the_command("--config", SETTINGS, *cls.files)
        cls.verdicts = [(line["id"], line["audit"]["verdict"]) for line in cls.expected]

    def assert_verdicts(self, runs):
        told = [(line["id"], line["audit"]["verdict"]) for line in runs.to_pylist()]
        self.assertEqual(told, self.verdicts)

    def test_rows_judged_are_the_folder_audited(self):
        self.assertGreater(len(self.verdicts), 10)
        self.assert_verdicts(talktest.judge(self.rows, settings=SETTINGS))
        self.assert_verdicts(talktest.audit(self.files, settings=SETTINGS))

    def test_rows_survive_what_other_libraries_make_of_them(self):
        frame = polars.from_arrow(self.rows)
        self.assert_verdicts(talktest.judge(frame, settings=SETTINGS))
        connection = duckdb.connect()
        connection.register("rows", self.rows)
        ordered = connection.execute("SELECT * FROM rows ORDER BY path DESC").to_arrow_table()
        self.assert_verdicts(talktest.judge(ordered, settings=SETTINGS))
        with temporary() as folder:
            path = f"{folder}/rows.parquet"
            frame.write_parquet(path)
            self.assert_verdicts(talktest.judge(pyarrow.parquet.read_table(path), settings=SETTINGS))

    def test_the_command_reads_the_parquet_of_other_libraries(self):
        writers = {
            "pyarrow": lambda path: pyarrow.parquet.write_table(self.rows, path),
            "polars": lambda path: polars.from_arrow(self.rows).write_parquet(path),
            "pandas": lambda path: self.rows.to_pandas(types_mapper=pandas.ArrowDtype).to_parquet(path),
            "duckdb": lambda path: duckdb.from_arrow(self.rows).write_parquet(path),
        }
        for name, write in writers.items():
            with self.subTest(name), temporary() as folder:
                path = pathlib.Path(folder, "rows.parquet")
                write(str(path))
                told = run("judge", "--input", "parquet", "--config", SETTINGS, "--format", "ndjson", stdin=path.read_bytes())
                runs = [json.loads(line) for line in told.splitlines()]
                self.assertEqual([(line["id"], line["audit"]["verdict"]) for line in runs], self.verdicts)

    def test_rows_survive_pandas(self):
        frame = self.rows.to_pandas(types_mapper=pandas.ArrowDtype)
        self.assert_verdicts(talktest.judge(frame, settings=SETTINGS))

    def test_without_settings_every_athlete_is_judged(self):
        rows = self.rows.filter(pa.compute.equal(self.rows["kind"], "session"))
        names = pa.array([["anna 🏃", "b\x7fen"][k % 2] for k in range(rows.num_rows)])
        place = rows.column_names.index("athlete")
        runs = talktest.judge(rows.set_column(place, "athlete", names), all=True)
        self.assertEqual(set(runs["athlete"].to_pylist()), {"anna 🏃", "b\x7fen"})
        alone = talktest.judge(rows.slice(0, 1), all=True)
        self.assertEqual(alone["athlete"].to_pylist(), ["me"])

    def test_only_what_is_asked_for(self):
        runs = talktest.judge(self.rows, settings=SETTINGS, since="2026-04-15", splits=True)
        days = [line[:10] for line in runs["local_start"].to_pylist()]
        self.assertTrue(days and min(days) >= "2026-04-15", days)
        self.assertTrue(all(splits is not None for splits in runs["splits"].to_pylist()))

    def test_rows_that_cannot_be_used_are_a_warning(self):
        place = self.rows.column_names.index("measuring")
        older = pa.array(["1999"] + self.rows["measuring"].to_pylist()[1:])
        mixed = self.rows.set_column(place, "measuring", older)
        with self.assertWarns(talktest.TalktestWarning) as caught:
            warnings.simplefilter("always")
            talktest.judge(mixed, settings=SETTINGS)
        self.assertIn("only measuring `", str(caught.warning))


class Measured(unittest.TestCase):
    def test_bytes_are_measured_as_files_are(self):
        files = sorted(SEASON.glob("*.fit"))[:5]
        table = pa.table(
            {"name": [file.name for file in files], "bytes": [file.read_bytes() for file in files]}
        )
        self.assertEqual(talktest.measure(table), talktest.measure(files))
        self.assertEqual(talktest.measure(polars.from_arrow(table)), talktest.measure(files))

    def test_every_input_is_a_row(self):
        names = [f"{number}.fit" for number in range(1000)]
        bytes_ = [b"" if number % 2 else None for number in range(1000)]
        table = pa.table({"name": names, "athlete": ["anna"] * 1000, "bytes": pa.array(bytes_, pa.binary())})
        rows = talktest.measure(table)
        self.assertEqual(rows["path"].to_pylist(), names)
        self.assertEqual(set(rows["athlete"].to_pylist()), {"anna"})
        kinds = {problem["kind"] for problem in rows["problem"].to_pylist()}
        self.assertEqual(kinds, {"empty", "unreadable"})

    def test_channels_are_the_run_second_by_second(self):
        rows = talktest.measure(RUN, channels=True)
        seconds = talktest.channels(rows)
        row = rows["row"][0].as_py()
        self.assertEqual(seconds.num_rows, row["clocks"]["timer_s"])
        self.assertEqual(seconds["second"].to_pylist(), list(range(seconds.num_rows)))
        mean = pa.compute.mean(seconds["heart_rate_bpm"]).as_py()
        self.assertAlmostEqual(mean, row["heart_rate"]["mean_bpm"], places=9)
        with self.assertRaisesRegex(ValueError, "no channels"):
            talktest.channels(talktest.measure(RUN))

    def test_the_sentences_of_the_command_are_raised(self):
        with self.assertRaisesRegex(talktest.TalktestError, "^nowhere does not exist$") as caught:
            talktest.measure("nowhere")
        self.assertEqual(caught.exception.exit_code, 2)
        with self.assertRaisesRegex(talktest.TalktestError, "it has no column `bytes`"):
            talktest.measure(pa.table({"name": ["a.fit"]}))
        with self.assertRaisesRegex(talktest.TalktestError, "no row|no line"):
            talktest.judge(pa.table({"name": ["a.fit"]}))
        with self.assertRaisesRegex(ValueError, "no path"):
            talktest.measure([])
        with self.assertRaisesRegex(TypeError, "no parameter al$"):
            talktest.audit(SEASON, al=True)

    def test_a_fault_of_whoever_gives_the_rows_is_theirs(self):
        schema = pa.schema([("name", pa.string()), ("bytes", pa.binary())])

        def batches():
            yield pa.record_batch({"name": ["a"], "bytes": [b""]}, schema=schema)
            raise OSError("the store is gone")

        reader = pa.RecordBatchReader.from_batches(schema, batches())
        with self.assertRaisesRegex(OSError, "the store is gone"):
            talktest.measure(reader)

    def test_the_package_is_typed_and_knows_its_version(self):
        self.assertTrue(talktest.measure.__annotations__)
        self.assertEqual(run("--version").decode().split()[-1], talktest.version())


if __name__ == "__main__":
    unittest.main()
