"""`/oai`: the OAI-PMH repository."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from heritage.core.addresses import absolute
from heritage.publishing.oai import answers, protocol
from heritage.publishing.throttle import throttled


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled
def repository(request: HttpRequest) -> HttpResponse:
    """GET and form POST mean the same (section 3.1.1); POST changes nothing here, so it needs no token."""
    params = request.POST if request.method == "POST" else request.GET
    try:
        asked: dict[str, str] | protocol.OaiError = protocol.arguments(params)
    except protocol.OaiError as error:
        asked = error
    with translation.override("vi"):
        body = answers.answer(absolute(reverse("oai")), asked)
    response = HttpResponse(body, content_type="text/xml; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response
