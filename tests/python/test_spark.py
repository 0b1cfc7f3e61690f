"""A cluster of two executors says what one process says, whoever dies meanwhile.

Without Java or pyspark that is said aloud.
"""

import contextlib
import datetime
import io
import math
import os
import random
import shutil
import signal
import sys
import threading
import time
import unittest
import unittest.mock
from pathlib import Path

import pyarrow.parquet

import talktest

from .support import blocks, run, temporary

try:
    from pyspark.sql import SparkSession

    import talktest.spark
except ImportError:
    SparkSession = None

MISSING = [name for name, has in {"pyspark": SparkSession, "Java": shutil.which("java")}.items() if not has]
ATHLETES = [f"runner{number:02}" for number in range(20)]
SETTINGS = "".join(f'[athletes.{name}]\nfolder = "{name}"\n' for name in ATHLETES)
POINT = (
    '<trkpt lat="{:.6f}" lon="{:.6f}"><time>{:%Y-%m-%dT%H:%M:%SZ}</time><extensions>'
    "<gpxtpx:TrackPointExtension><gpxtpx:hr>{}</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions></trkpt>"
)


def gpx(seed):
    """A quarter of an hour with a point every ten seconds, at a heart rate of its own."""
    chance = random.Random(seed)
    beats, speed = chance.randint(120, 165), chance.uniform(2.4, 3.0)
    start = datetime.datetime(2025, 1, 1, 6) + datetime.timedelta(days=seed)
    points = []
    for second in range(0, 901, 10):
        north = 52 + second * speed / 111_195
        now = round(beats + 4 * math.sin(second / 90) - 20 * math.exp(-second / 60))
        points.append(POINT.format(north, 13.0, start + datetime.timedelta(seconds=second), now))
    return (
        '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="test"'
        ' xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"><trk><type>running</type><trkseg>'
        + "".join(points)
        + "</trkseg></trk></gpx>"
    )


def write_files(folder):
    """400 files of 20 athletes, half of them of one, every other one labelled recovery."""
    for number in range(400):
        athlete = ATHLETES[0] if number % 2 else ATHLETES[number // 2 % 20]
        label = "recovery" if number % 4 < 2 else "easy"
        path = Path(folder, athlete, f"{number:03}-{label}.gpx")
        path.parent.mkdir(exist_ok=True)
        path.write_text(gpx(number), encoding="utf-8")
    Path(folder, ATHLETES[3], "poisoned-recovery.gpx").write_text(gpx(7)[:900], encoding="utf-8")
    Path(folder, "talktest.toml").write_text(SETTINGS, encoding="utf-8")


def processes_below(parent):
    """The descendants of a process, with their command lines."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        parents.setdefault(int(lines["PPid"]), []).append(int(lines["Pid"]))
    found, waiting = [], [parent]
    while waiting:
        for child in parents.get(waiting.pop(), []):
            found.append(child)
            waiting.append(child)
    return found


def executors():
    def is_executor(process):
        try:
            return b"CoarseGrainedExecutorBackend" in Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            return False

    return [process for process in processes_below(os.getpid()) if is_executor(process)]


@unittest.skipIf(MISSING, f"SKIPPED: no cluster was started without {' and '.join(MISSING)}")
class Cluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.room = temporary()
        cls.folder = Path(cls.room.name, "files")
        cls.folder.mkdir()
        write_files(cls.folder)
        os.environ["PYSPARK_PYTHON"] = sys.executable
        cls.spark = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
        )
        cls.spark.sparkContext.setLogLevel("OFF")
        cls.files = [path for path in sorted(cls.folder.rglob("*.gpx"))]
        cls.expected = talktest.audit(cls.folder, all=True).to_pylist()
        cls.rows = cls.measured("rows")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.room.cleanup()

    @classmethod
    def listed(cls, more=()):
        table = [(path.parent.name, path.as_uri(), path.stat().st_size) for path in cls.files]
        return cls.spark.createDataFrame([*table, *more], "athlete STRING, uri STRING, size LONG")

    @classmethod
    def measured(cls, name, more=()):
        root = cls.folder.as_uri()
        return talktest.spark.measure(cls.listed(more), cls.place(name), root=root)

    @classmethod
    def place(cls, name):
        return str(Path(cls.room.name, name))

    def left_over(self):
        """What tasks wrote and nobody moved."""
        return [path for path in Path(self.room.name).rglob("_*") if path.is_dir()]

    def assert_as_audited(self, rows, **options):
        judged = talktest.spark.judge(rows, all=True, **{"settings": SETTINGS, **options})
        judged = judged.toArrow().to_pylist()
        judged.sort(key=lambda run: (run["athlete"], run["start"], run["id"]))
        self.assertEqual(len(judged), len(self.expected))
        for found, wanted in zip(judged, self.expected):
            self.assertEqual(found, wanted)

    def while_an_executor_dies(self, work):
        """Kills an executor as soon as some of its tasks are done, and others are not."""
        tracker, killed = self.spark.sparkContext.statusTracker(), []

        def kill():
            while not killed:
                stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
                if any(stage and stage.numCompletedTasks and stage.numActiveTasks for stage in stages):
                    killed.extend(executors()[:1])
                    os.kill(killed[0], signal.SIGKILL)
                time.sleep(0.02)

        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        done = work()
        thread.join(1)
        self.assertEqual(len(killed), 1, "no executor died")
        return done

    def test_verdicts_are_those_of_one_process(self):
        judged = sum(run["audit"] is not None for run in self.expected)
        self.assertTrue(len(self.expected) >= 400 and judged >= 200, judged)
        self.assert_as_audited(self.rows)

    def test_a_table_of_rows_becomes_one_of_runs(self):
        rows, runs = self.place("rows"), self.place("runs")
        self.assert_as_audited(rows, runs=runs)
        self.assertEqual(self.spark.read.parquet(runs).count(), len(self.expected))
        self.assertEqual(self.left_over(), [])
        with self.assertRaisesRegex(FileExistsError, "runs is there already"):
            talktest.spark.judge(rows, runs=runs)

    def test_without_settings_files_say_what_their_athletes_are(self):
        self.assert_as_audited(self.place("rows"), settings=None)
        self.assert_as_audited(self.rows.repartition(3), settings=None)

    def test_where_tasks_cannot_write_the_engine_does(self):
        with unittest.mock.patch.object(talktest.spark._folders, "reached", return_value=None):
            rows = self.measured("rows_of_the_engine")
            self.assert_as_audited(self.place("rows_of_the_engine"), runs=self.place("runs_of_the_engine"))
        self.assertTrue(Path(self.place("runs_of_the_engine"), "_SUCCESS").is_file())
        self.assertEqual(*[table.toArrow().sort_by("path") for table in (rows, self.rows)])

    def test_the_command_reads_what_tasks_wrote(self):
        files = sorted(Path(self.place("rows")).glob("*.parquet"))
        self.assertGreater(len(files), 1)
        arguments = ["judge", "--all", "--input", "parquet", "--format", "ndjson"]
        runs = run(*arguments, "--config", self.folder / "talktest.toml", stdin=files[0].read_bytes())
        kinds = pyarrow.parquet.read_table(files[0])["kind"].to_pylist()
        self.assertEqual(len(runs.splitlines()), kinds.count("session"))

    def test_an_executor_may_die_while_measuring(self):
        rows = self.while_an_executor_dies(lambda: self.measured("after_a_death"))
        in_order = [table.toArrow().sort_by("path") for table in (rows, self.rows)]
        self.assertEqual(*in_order)
        self.assertEqual(self.left_over(), [])

    def test_an_executor_may_die_while_judging(self):
        self.while_an_executor_dies(lambda: self.assert_as_audited(self.rows))
        runs = self.place("runs_after_a_death")
        self.while_an_executor_dies(lambda: self.assert_as_audited(self.place("rows"), runs=runs))

    def test_poisoned_and_vanished_files_are_rows_with_problems(self):
        gone = (self.folder / ATHLETES[1] / "gone.gpx").as_uri()
        rows = self.measured("with_gone", [(ATHLETES[1], gone, 1000), (ATHLETES[1], "s3://[b/x.gpx", 1)])
        failed = {row["path"]: row["problem"]["kind"] for row in rows.where("kind = 'failed'").collect()}
        self.assertEqual(failed.pop(f"{ATHLETES[1]}/gone.gpx"), "unreadable")
        self.assertEqual(failed.pop("s3://[b/x.gpx"), "unreadable")
        warned = rows.where("size(warnings) > 0").select("path").collect()
        told = list(failed) + [row["path"] for row in warned]
        self.assertEqual(told, [f"{ATHLETES[3]}/poisoned-recovery.gpx"])

    def test_a_rerun_adds_nothing_and_new_files_are_added(self):
        before = self.rows.count()
        self.assertEqual(self.measured("rows").count(), before)
        self.assertEqual(before, self.rows.select("input").distinct().count())
        half = self.listed().limit(100)
        where = self.place("Läufe zu 100 %")
        root = self.folder.as_uri()
        first = talktest.spark.measure(half, where, root=root).cache()
        self.assertEqual(first.count(), 100)
        self.assertEqual(talktest.spark.measure(self.listed(), where, root=root).count(), before)
        self.assertEqual(self.measured("Läufe zu 100 %").count(), before)
        self.assert_as_audited(where)
        first.unpersist()
        self.assert_as_audited(where)

    def test_bytes_may_come_from_any_table(self):
        files = self.spark.read.format("binaryFile").load([str(path) for path in self.files[:20]])
        rows = talktest.spark.measure(files, self.place("from_bytes"), channels=True)
        told = rows.select("content").collect()
        wanted = talktest.measure(self.files[:20])["content"].to_pylist()
        self.assertEqual(sorted(row[0] for row in told), sorted(wanted))
        seconds = rows.selectExpr("size(channels.heart_rate_bpm) AS seconds").collect()
        self.assertEqual({row[0] for row in seconds}, {900})

    def test_rows_of_two_measurings_are_refused(self):
        mixed = self.rows.selectExpr("'1999' AS measuring", "athlete").unionByName(
            self.rows.select("measuring", "athlete")
        )
        with self.assertRaisesRegex(talktest.TalktestError, "measurings .* and 1999|1999 and"):
            talktest.spark.judge(mixed)

    def test_the_example_of_the_page_runs(self):
        (example,) = blocks("spark.md", "python")
        self.listed().limit(20).createOrReplaceTempView("recordings")
        out = io.StringIO()
        with temporary() as folder, contextlib.redirect_stdout(out):
            # The engine works in the folder that it was started in, whatever this program's is.
            for table in ("rows", "verdicts"):
                example = example.replace(f'"{table}"', repr(str(Path(folder, table))))
            exec(compile(example, "docs/spark.md", "exec"), {"spark": self.spark})
        self.assertIn(ATHLETES[0], out.getvalue())


if __name__ == "__main__":
    unittest.main()
