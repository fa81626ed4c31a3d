"""What readiness asks: can the index serve."""

from heritage.core import outbox
from heritage.search import engines, indexing

LONGEST_QUEUE = 50_000


def problem() -> str | None:
    """A short reason why search is not whole, None where it is."""
    state = engines.current().state()
    if state.problem:
        return f"{state.engine}: {state.problem}"
    if row := indexing.running():
        return None if state.documents else f"{state.engine}: being built, {row.done} of {row.total}"
    waiting = outbox.waiting("search")
    return f"{waiting} changes wait for the index; is the worker running?" if waiting > LONGEST_QUEUE else None
