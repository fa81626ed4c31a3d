"""Files of published dossiers, for everybody; what is private answers as if it were not there."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from heritage.catalog.dossiers import publication
from heritage.catalog.dossiers.serving import send_file
from heritage.catalog.models import DossierFile


@require_safe
def public_dossier_file(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    rows = DossierFile.objects.select_related("item__dossier")
    file = rows.filter(pk=pk, item__dossier__record__number=number).first()
    if file is None or not publication.is_public(file):
        raise Http404
    return send_file(request, file, "public, max-age=0, must-revalidate")
