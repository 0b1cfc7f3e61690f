"""Writes the licences of all that is linked into the program: `licences.py MANIFEST TARGET > FILE`.

The texts are those that lie in the packages themselves; one text that many carry is printed once.
"""

import json
import subprocess
import sys
from pathlib import Path

NAMES = ("licen", "copying", "notice", "copyright", "unlicense")
SKIPPED_FOLDERS = {"src", "tests", "benches", "examples", "docs", "doc", "target", "scripts", "test"}
LINKED_IN = """\
The programs for Linux also hold the GNU C Library (https://www.gnu.org/software/libc/), under the
GNU Lesser General Public License, version 2.1 or later. Whoever wants another version of it links
the program anew from talktest's own source, which is free; docs/install.md says how. Rust's
standard library is under MIT or Apache-2.0, like talktest itself.

The logbook is kept by SQLite (https://www.sqlite.org/), which is in the public domain.
"""


def linked_packages(manifest: str, target: str, features: str) -> list[dict]:
    """The packages that the program is linked from, without its own and those of tests and builds."""
    command = ["cargo", "metadata", "--format-version=1", "--locked"]
    command += [f"--manifest-path={manifest}", f"--filter-platform={target}", f"--features={features}"]
    metadata = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"] or metadata["workspace_default_members"][0]
    found, waiting = set(), [root]
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            linked = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            macro = any("proc-macro" in target["kind"] for target in packages[dependency["pkg"]]["targets"])
            if linked and not macro and dependency["pkg"] not in found:
                found.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    return sorted((packages[id] for id in found), key=lambda package: (package["name"], package["version"]))


def texts(package: dict) -> list[str]:
    """The licence texts in a package's folder, C sources that it brings included."""
    folder = Path(package["manifest_path"]).parent
    files = [
        file
        for pattern in ("*", "*/*", "*/*/*")
        for file in sorted(folder.glob(pattern))
        if file.is_file()
        and file.name.lower().startswith(NAMES)
        and not SKIPPED_FOLDERS & set(file.relative_to(folder).parts[:-1])
    ]
    return [file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip() for file in files]


def main() -> None:
    packages = linked_packages(*sys.argv[1:4])
    carriers: dict[str, list[str]] = {}
    for package in packages:
        for text in texts(package):
            carriers.setdefault(text, []).append(f"{package['name']} {package['version']}")
    write = sys.stdout.reconfigure(encoding="utf-8", newline="\n") or sys.stdout.write
    write("What talktest is built from, and under which licences.\n\n" + LINKED_IN + "\n")
    for package in packages:
        terms = package["license"] or "see the text below"
        write(f"{package['name']} {package['version']}: {terms}, {package['repository'] or 'crates.io'}\n")
    for text, names in carriers.items():
        write(f"\n{'-' * 80}\n{', '.join(dict.fromkeys(names))}:\n\n{text}\n")


main()
