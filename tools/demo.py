#!/usr/bin/env python3
"""Sets up and runs the demo from a fresh checkout; `make demo` calls it. Needs only Python's standard library.

Each step is skipped when what it depends on has not changed since it last ended well, so a second start takes seconds.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from setup_steps import (
    ROOT,
    SetupError,
    build_front_end,
    compile_messages,
    environment,
    install_npm,
    install_python,
    once,
)

VAR = ROOT / "var"
PYTHON = ROOT / ".venv" / "bin" / "python"
ACCOUNTS_FILE = VAR / "demo-accounts.txt"
MIN_FREE_BYTES = 2 * 1024**3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument("--reset", action="store_true", help="throw the demo's database, index and files away first")
    parser.add_argument("--setup-only", action="store_true", help="stop before starting the server")
    options = parser.parse_args()
    try:
        check_machine(options.port, options.setup_only)
        if options.reset:
            reset()
        setup(options.port)
        return 0 if options.setup_only else serve(options.port)
    except SetupError as error:
        print(f"\nStopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; what was finished is kept. `make demo` goes on from here.")
        return 130


def check_machine(port: int, setup_only: bool) -> None:
    """Say what is missing, and how to mend it, before anything is begun."""
    if sys.version_info < (3, 11):
        raise SetupError(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Debian 12: apt-get install python3"
        )
    free = shutil.disk_usage(ROOT).free
    if free < MIN_FREE_BYTES and not (VAR / "stamps" / "data").exists():
        raise SetupError(
            f"{free / 1024**3:.1f} GiB are free on the disk of {ROOT}; about 2 GiB are needed. "
            "Free some and start again."
        )
    if setup_only:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SetupError(
                f"port {port} cannot be used ({error.strerror}). Another one: make demo PORT={port + 1}"
            ) from error


def reset() -> None:
    """Forget the demo's own data: database, index, caches and files; the environment stays."""
    print("Throwing the demo's data away ...")
    shutil.rmtree(VAR, ignore_errors=True)
    for path in (ROOT / "media").iterdir():
        if path.name != ".gitkeep":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(port: int) -> None:
    VAR.mkdir(exist_ok=True)
    install_python("requirements.txt")
    install_npm(production=True)
    build_front_end()
    compile_messages()
    manage = environment(demo_settings(port))
    once(
        "database",
        ["heritage/*/migrations/*.py", "requirements.txt"],
        "database",
        lambda: manage("migrate", "--verbosity", "0"),
    )
    static = ["heritage/**/static/**/*", "heritage/static/build/**/*", "requirements.txt"]
    once("static", static, "static files", lambda: manage("collectstatic", "--noinput", "--verbosity", "0"))
    once("data", ["heritage/demo/**/*", "heritage/*/migrations/*.py"], "demo data", lambda: manage("demo", "load"))


def demo_settings(port: int) -> dict[str, str]:
    """The demo is a real server of one machine: no debug pages, its own random key, bound to this machine alone."""
    key = VAR / "secret-key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(64))
    return {
        "DJANGO_SETTINGS_MODULE": "heritage.settings.dev",
        "DEBUG": "0",
        "SECRET_KEY": key.read_text(),
        "BASE_URL": os.environ.get("BASE_URL", f"http://127.0.0.1:{port}"),
    }


def web_server(port: int) -> list[str]:
    """The web server's command, with the options of docs/admin/install.md."""
    command = [str(ROOT / ".venv/bin/granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--no-ws"]
    command += ["--workers", "2", "--blocking-threads", "8", "--backpressure", "64", "--log-level", "error"]
    # A worker that is told to end while it starts up misses it, and would keep the port.
    return [*command, "--workers-kill-timeout", "5", "heritage.wsgi:application"]


def serve(port: int) -> int:
    """Run worker and web server until one of them ends or the user stops them."""
    settings = {**os.environ, **demo_settings(port)}
    children = [
        subprocess.Popen([str(PYTHON), "manage.py", "worker"], cwd=ROOT, env=settings),
        subprocess.Popen(web_server(port), cwd=ROOT, env=settings),
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        wait_until_ready(port, children)
        print_table(port)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        return 1
    except KeyboardInterrupt:
        print("\nStopping ...")
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()


def wait_until_ready(port: int, children: list[subprocess.Popen]) -> None:
    for _attempt in range(240):
        if any(child.poll() is not None for child in children):
            raise SetupError("the server ended at its start; its message stands above.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            reason = error.read().decode(errors="replace")
        except OSError:
            reason = "no answer yet"
        time.sleep(0.25)
    raise SetupError(f"the server did not become ready within a minute: {reason}")


def print_table(port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    rows = [
        ("Portal (Vietnamese, English)", f"{base}/vi/   {base}/en/"),
        ("Search", f"{base}/vi/tim-kiem/?q=chua+keo"),
        ("Map", f"{base}/vi/ban-do/"),
        ("Library", f"{base}/vi/thu-vien/"),
        ("A record, its manifest", f"{base}/id/TB01   {base}/iiif/presentation/3/TB01/manifest"),
        ("API", f"{base}/api/v1/   {base}/api/v1/openapi.json"),
        ("Staff", f"{base}/admin/"),
    ]
    print("\nThe archive is running. Ctrl+C stops it.\n")
    for name, address in rows:
        print(f"  {name:<30} {address}")
    if ACCOUNTS_FILE.exists():
        print("\n" + ACCOUNTS_FILE.read_text())
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
