"""What several tests share."""

import contextlib
import json
import os
import re
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


def blocks(page, language):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@contextlib.contextmanager
def working_in(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
