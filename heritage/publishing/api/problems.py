"""Errors of the API as problem details (RFC 9457), each naming the parameter and what would be right."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from heritage.publishing.api.answers import json_answer

MEDIA_TYPE = "application/problem+json"
LONGEST_ECHO = 80


class Problem(Exception):  # noqa: N818, RFC 9457 calls it a problem
    """Answered as `status` with `detail`; `errors` are (parameter, what is wrong) pairs."""

    def __init__(self, status: int, detail: str, errors: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, list(errors)


class TooMany(Problem):
    """Too many requests; the next minute begins in `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(429, f"Too many requests; ask again in {seconds} seconds.")
        self.seconds = seconds


def wrong(parameter: str, message: str) -> Problem:
    """A parameter that cannot be understood."""
    return Problem(400, f"{parameter}: {message}", [(parameter, message)])


def body(problem: Problem) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        answer["errors"] = [{"parameter": name, "detail": message} for name, message in problem.errors]
    return answer


def respond(problem: Problem) -> HttpResponse:
    response = json_answer(body(problem), problem.status, MEDIA_TYPE)
    if isinstance(problem, TooMany):
        response["Retry-After"] = str(problem.seconds)
    return response


def install(api: NinjaAPI) -> None:
    """Answer every failure of `api` as a problem."""
    handlers: dict[type[Exception], Any] = {
        Problem: _problem,
        ValidationError: _invalid,
        Http404: _not_found,
        HttpError: _http_error,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return respond(problem)


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return respond(Problem(404, "There is nothing at this address."))


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return respond(Problem(error.status_code, str(error)))


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Pydantic's findings, each at the last part of its location: the parameter's name."""
    errors = [(str(item["loc"][-1]), str(item["msg"])[:300]) for item in error.errors]
    return respond(Problem(400, "; ".join(f"{name}: {message}" for name, message in errors), errors))


def refuse_unknown(request: HttpRequest, known: Iterable[str]) -> None:
    """A misspelt filter must not answer as if there were none.

    Raises:
        Problem: naming each parameter that is not one of `known`.
    """
    known = sorted(known)
    strange = [name for name in request.GET if name not in known]
    if strange:
        message = f"unknown parameter; known are {', '.join(known)}"
        raise Problem(400, message, [(name[:LONGEST_ECHO], message) for name in strange[:10]])
