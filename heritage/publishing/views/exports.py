"""`/data/<collection>.<format>`: everything public of a collection in one file."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from heritage.publishing import exports
from heritage.publishing.throttle import throttled


@require_safe
@throttled
def download(request: HttpRequest, collection: str, file_format: str) -> HttpResponseBase:
    """The file, streamed; HEAD answers the same headers without reading anything."""
    resource = exports.resource_of(collection)
    if resource is None or (collection, file_format) not in exports.EXPORTS:
        raise Http404
    chosen = exports.FORMATS[file_format]
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=chosen.media_type)
    else:
        response = StreamingHttpResponse(chosen.write(resource), content_type=chosen.media_type)
    name = f"{collection}-{timezone.localdate():%Y-%m-%d}.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
