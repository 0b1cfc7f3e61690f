"""What a cluster of Spark costs beside the command on the same cores, and what it holds.

In an environment with the wheel and pyspark, and with Java::

    python benches/spark.py FOLDER

FOLDER is what `cargo run --release --example large_folder -- FOLDER 20000` writes; keep it outside the project. One athlete
has half of its files. The cluster has one executor for each core, on this machine. Processor time and memory are those
of all processes that it starts, as Linux counts them; a run of a few files before, which starts everything once, is
the start-up, and is not counted as overhead. Everything is done twice, since Java compiles while it runs; it is told
to compile cheaply, as docs/spark.md advises. Processes are looked at ten times a second: what one takes after it was seen
last, up to a tenth of a second, is not counted. Nothing is asserted but that both find the same verdicts.
"""

import collections
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyarrow.parquet
from pyspark.sql import SparkSession

import talktest
import talktest.spark

CORES = os.cpu_count()
TICK = os.sysconf("SC_CLK_TCK")
#: Java has little to do, and would spend more on compiling that well than it saves.
CHEAPLY = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
#: Athletes with a hundredth of the other half each.
OTHERS = 100
#: Files that are measured and judged to start everything once.
FIRST = 200


def arranged(folder, room):
    """Links to the files, in a folder for each athlete; the files of every athlete, by athlete."""
    files = collections.defaultdict(list)
    for number, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
        athlete = f"runner{number // 2 % OTHERS:03}" if number % 2 else "most"
        link = room / athlete / path.name
        link.parent.mkdir(exist_ok=True)
        os.symlink(path.resolve(), link)
        files[athlete].append(link)
    return files


class Processes:
    """What the processes below this one take, looked at ten times a second."""

    def __init__(self):
        self.peaks = {}
        self._taken = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()

    def _watch(self):
        while not self._ended.wait(0.1):
            self.look()

    def look(self):
        """Looks once at each of them."""
        below = set(self._below())
        for process, fields in _processes():
            if process not in below:
                continue
            # Its number may be given again: the start tells them apart. At its end it has no name any more.
            key, kind, peak = (process, fields[19]), _kind(process), _peak(process)
            kind = self._taken[key][0] if kind == "other" and key in self._taken else kind
            self.peaks[kind] = max(self.peaks.get(kind, 0), peak)
            self._taken[key] = kind, sum(map(int, fields[11:13])) / TICK

    def by_kind(self):
        """Seconds of the processor that were seen, by what a process is."""
        seconds = collections.Counter()
        for kind, taken in list(self._taken.values()):
            seconds[kind] += taken
        return seconds

    @staticmethod
    def _below():
        parents = collections.defaultdict(list)
        for process, fields in _processes():
            parents[int(fields[1])].append(process)
        found, waiting = [], [os.getpid()]
        while waiting:
            children = parents[waiting.pop()]
            found += children
            waiting += children
        return found

    def processor_s(self):
        """Seconds that all of them have taken, also those that ended."""
        self.look()
        return sum(self.by_kind().values())


def _processes():
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # Behind the name, which may hold anything: state, parent, …
            yield int(path.parent.name), path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended


def _kind(process):
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return "other"
    kinds = {
        b"CoarseGrainedExecutorBackend": "executor, Java",
        b"SparkSubmit": "driver, Java",
        b"pyspark.daemon": "worker, Python",
        b"measure\0": "talktest measure",
        b"judge\0": "talktest judge",
    }
    return next((kind for word, kind in kinds.items() if word in words), "other")


def _peak(process):
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


class Stage:
    """Wall and processor time of a step."""

    def __init__(self, name, processes):
        self.name, self.processes = name, processes

    def __enter__(self):
        self.begun, self.used = time.monotonic(), self.processes.processor_s()
        self.before = self.processes.by_kind()
        self.processes.peaks = {}
        return self

    def __exit__(self, *_):
        self.wall_s = time.monotonic() - self.begun
        self.processor_s = self.processes.processor_s() - self.used
        print(f"{self.name:<44}{self.wall_s:>9.1f}{self.processor_s:>11.1f}")
        for kind, seconds in sorted((self.processes.by_kind() - self.before).items()):
            print(f"  {kind:<42}{seconds:>20.1f}{self.processes.peaks.get(kind, 0) / 1e6:>12.0f}", flush=True)


def counted(verdicts):
    return collections.Counter(verdict for verdict in verdicts if verdict)


def by_the_command(room, settings, rows, processes):
    """Both steps by two processes on all cores, one after the other."""
    path = room / "talktest.toml"
    path.write_text(settings, encoding="utf-8")
    command = [talktest.command()]
    jobs = ["--jobs", str(CORES), "--progress", "never"]
    with Stage("talktest measure", processes) as measuring, open(rows, "wb") as out:
        arguments = ["measure", *jobs, "--format", "parquet", "--config", path, room]
        subprocess.run(command + arguments, stdout=out, check=True)
    told = room / "runs.parquet"
    with Stage("talktest judge", processes) as judging, open(told, "wb") as out, open(rows, "rb") as table:
        arguments = ["judge", "--input", "parquet", "--format", "parquet", "--all", "--config", path]
        subprocess.run(command + arguments, stdin=table, stdout=out, check=True)
    verdicts = pyarrow.parquet.ParquetFile(told).read(columns=["audit.verdict"])["audit"].to_pylist()
    return measuring, judging, counted(audit and audit["verdict"] for audit in verdicts)


class Cluster:
    """The same on executors of one core each."""

    def __init__(self, room, settings):
        self.room, self.settings = room, settings
        os.environ["PYSPARK_PYTHON"] = sys.executable
        self.spark = (
            SparkSession.builder.master(f"local-cluster[{CORES},1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.extraJavaOptions", CHEAPLY)
            .config("spark.executor.extraJavaOptions", CHEAPLY)
            .config("spark.sql.shuffle.partitions", str(4 * CORES))
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
        )
        self.spark.sparkContext.setLogLevel("OFF")

    def measure(self, files, name):
        table = [
            (athlete, path.as_uri(), path.stat().st_size) for athlete, paths in files.items() for path in paths
        ]
        listed = self.spark.createDataFrame(table, "athlete STRING, uri STRING, size LONG")
        talktest.spark.measure(listed, str(self.room / name), root=self.room.as_uri())
        return str(self.room / name)

    def judge(self, rows, name):
        return talktest.spark.judge(rows, settings=self.settings, all=True, runs=str(self.room / name))


def print_overhead(measuring, judging, map_step, reduce_step):
    """What the cluster took beyond what the command took."""
    steps = {"measuring": (measuring, map_step), "judging": (judging, reduce_step)}
    for name, (here, there) in steps.items():
        wall, processor = there.wall_s / here.wall_s, there.processor_s / here.processor_s
        print(f"{'overhead of ' + name:<44}{wall - 1:>9.0%}{processor - 1:>11.0%}")
    wall = (map_step.wall_s + reduce_step.wall_s) / (measuring.wall_s + judging.wall_s)
    processor = (map_step.processor_s + reduce_step.processor_s) / (measuring.processor_s + judging.processor_s)
    print(f"{'overhead of both (wanted: 15 %)':<44}{wall - 1:>9.0%}{processor - 1:>11.0%}")


def bytes_below(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))


def main(folder):
    with tempfile.TemporaryDirectory() as temporary, Processes() as processes:
        room = Path(temporary)
        files = arranged(folder, room)
        settings = "".join(f'[athletes.{name}]\nfolder = "{name}"\n' for name in files)
        count = sum(map(len, files.values()))
        print(f"{count} files of {len(files)} athletes, {len(files['most'])} of one; {CORES} cores\n")
        print(f"{'':<44}{'wall, s':>9}{'processor':>11}{'peak, MB':>12}")
        measuring, judging, expected = by_the_command(room, settings, room / "rows.parquet", processes)
        with Stage("start-up of Spark, with a few files", processes):
            cluster = Cluster(room, settings)
            few = {athlete: paths[: FIRST // len(files) + 1] for athlete, paths in files.items()}
            cluster.judge(cluster.measure(few, "few_rows"), "few_runs")
        for warmth in ("cold", "warm"):
            with Stage(f"talktest.spark.measure, {warmth}", processes) as map_step:
                rows = cluster.measure(files, f"rows_{warmth}")
            with Stage(f"talktest.spark.judge, {warmth}", processes) as reduce_step:
                runs = cluster.judge(rows, f"runs_{warmth}")
            found = counted(row["verdict"] for row in runs.selectExpr("audit.verdict").collect())
            assert found == expected, (found, expected)
            print_overhead(measuring, judging, map_step, reduce_step)
        print(f"\nthe same verdicts: {dict(found)}")
        print("\nfor a million files")
        gigabytes = 1e6 / count / 1e9
        read = sum(path.stat().st_size for paths in files.values() for path in paths)
        print(f"{'read, GB':<44}{read * gigabytes:>9.1f}")
        print(f"{'rows, GB: by the command; by Spark':<44}{(room / 'rows.parquet').stat().st_size * gigabytes:>9.2f}"
              f"{bytes_below(room / 'rows_warm') * gigabytes:>11.2f}")
        for step in (measuring, map_step, judging, reduce_step):
            print(f"{step.name + ', core-seconds':<44}{step.processor_s * 1e6 / count:>9.0f}")
        cluster.spark.stop()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
