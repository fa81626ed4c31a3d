"""What must happen again and again happens, each at its own pace, whatever fails."""

import pytest

from heritage.core import periodic


@pytest.fixture(autouse=True)
def no_jobs(monkeypatch):
    monkeypatch.setattr(periodic, "_jobs", {})


def test_a_job_is_done_at_once_and_then_at_its_pace():
    done = []
    periodic.register("settle", 600, lambda: done.append(1))
    assert [periodic.run_due(now) for now in (10, 11, 609, 610)] == [["settle"], [], [], ["settle"]]
    assert len(done) == 2


def test_a_job_that_fails_stops_no_other_and_is_tried_again():
    def fail():
        raise ValueError("locked")

    periodic.register("fails", 60, fail)
    periodic.register("works", 60, lambda: None)
    assert periodic.run_due(0) == ["works"]
    assert periodic.run_due(60) == ["works"]
