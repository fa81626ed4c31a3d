"""Readiness: each part that the site needs says whether it can serve.

readiness.register("index", lambda: None)   # returns None when ready, or a short reason why not
"""

from collections.abc import Callable

Check = Callable[[], str | None]

_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    _checks[name] = check


def report() -> dict[str, str]:
    """`ok` or the reason for each registered part; a check that raises is not ready."""
    return {name: _ask(check) for name, check in _checks.items()}


def _ask(check: Check) -> str:
    try:
        return check() or "ok"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
