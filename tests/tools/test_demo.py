"""`make demo` says what is missing and how to mend it, and repeats only what changed."""

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))


def module(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


steps = module("setup_steps")
demo = module("demo")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "var" / "stamps")
    (tmp_path / "input.txt").write_text("one")
    return tmp_path


def test_a_step_is_done_again_only_when_what_it_reads_changed(checkout):
    done = []
    for content in ("one", "one", "two"):
        (checkout / "input.txt").write_text(content)
        steps.once("step", ["*.txt"], "a step", lambda: done.append(1))
    assert len(done) == 2


def test_a_step_that_failed_is_done_again(checkout):
    def fail():
        raise steps.SetupError("no network")

    with pytest.raises(steps.SetupError):
        steps.once("step", ["*.txt"], "a step", fail)
    done = []
    steps.once("step", ["*.txt"], "a step", lambda: done.append(1))
    assert done == [1]


def test_a_missing_program_is_named_with_the_remedy(checkout):
    with pytest.raises(steps.SetupError, match=r"no-such-program is not installed\. Install it"):
        steps.run(["no-such-program"], "Install it.")


def test_a_taken_port_is_named_and_another_is_offered():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(demo.SetupError, match=f"port {port} .* PORT={port + 1}"):
            demo.check_machine(port, setup_only=False)


def test_an_old_python_is_named(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(demo.SetupError, match=r"3\.11"):
        demo.check_machine(1, setup_only=True)


def test_a_full_disk_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "VAR", tmp_path)
    monkeypatch.setattr(demo.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 10_000})())
    with pytest.raises(demo.SetupError, match="GiB are free"):
        demo.check_machine(1, setup_only=True)


def test_the_scripts_parse_on_the_oldest_python_that_would_be_told():
    """An old Python must reach the message, so the scripts keep to syntax of 3.8."""
    import ast

    for name in ("demo", "setup_steps", "setup_development"):
        ast.parse((ROOT / "tools" / f"{name}.py").read_text(), feature_version=(3, 8))


def test_benchmarks_are_listed_by_name():
    command = [sys.executable, "-m", "benchmarks", "no-such-benchmark"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "invalid choice" in answer.stderr


def test_the_guide_starts_the_web_server_as_the_demo_does():
    """Without `--workers-kill-timeout` a worker stopped while it starts up stays, and holds the port."""
    command = demo.web_server(8000)
    guide = (ROOT / "docs/admin/install.md").read_text()
    for name in ("--interface", "--workers", "--blocking-threads", "--backpressure", "--workers-kill-timeout"):
        assert f"{name} {command[command.index(name) + 1]}" in guide
