"""The change stream for harvesters."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from heritage.iiif.models import Access
from heritage.iiif.presentation import activities
from heritage.iiif.stream import log
from heritage.iiif.views import answers

A_MINUTE = 60


def all_changes(request: HttpRequest) -> HttpResponseBase:
    """The stream as a whole; what is noted and not yet in its place is put there first."""
    if (early := answers.early(request)) is not None:
        return early
    log.settle()
    return answers.json_document(request, activities.collection(), activities.CONTEXT, Access.OPEN, A_MINUTE)


def page(request: HttpRequest, number: int) -> HttpResponseBase:
    """One page of the stream. A full page never changes again."""
    if (early := answers.early(request)) is not None:
        return early
    document = activities.page(number) if 0 < number <= answers.MOST_PAGES else None
    if document is None:
        return answers.refused(404)
    seconds = answers.A_DAY if "next" in document else A_MINUTE
    return answers.json_document(request, document, activities.CONTEXT, Access.OPEN, seconds)
