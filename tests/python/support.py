"""What several tests share."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import talktest

ROOT = Path(__file__).parents[2]
SEASON = ROOT / "fixtures" / "season"
SETTINGS = SEASON / "talktest.toml"
RUN = SEASON / "2026-04-20_recovery.fit"


def run(*arguments, stdin=None):
    """What the command itself writes."""
    words = [talktest.command(), *map(str, arguments)]
    return subprocess.run(words, input=stdin, check=True, stdout=subprocess.PIPE).stdout


def runs_of_the_command(*arguments):
    lines = run("audit", "--no-logbook", "--format", "ndjson", *arguments).decode().splitlines()
    return [json.loads(line) for line in lines]


def export(folder):
    """The season as `export` in a folder, as the pages call it."""
    shutil.copytree(SEASON, Path(folder, "export"))


def temporary():
    return tempfile.TemporaryDirectory()
