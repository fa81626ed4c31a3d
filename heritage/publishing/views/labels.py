"""Label sheets, in the admin: staff print them; the codes on them are public."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heritage.publishing import labels, resources
from heritage.publishing.forms import LabelForm


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The form; `?numbers=` fills it in, as the bulk action of the lists does."""
    form = LabelForm(initial={name: request.GET[name] for name in ("numbers", "sheet") if name in request.GET})
    return _page(request, form)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The PDF; what cannot be printed as asked shows the form again with the reason beside the field."""
    values = request.GET.copy()
    for name, field in LabelForm().fields.items():
        if name not in values and field.initial is not None:
            values[name] = field.initial
    form = LabelForm(values)
    if not form.is_valid():
        return _page(request, form, status=400)
    chosen = form.cleaned_data
    pdf = labels.draw(
        [label for label in _labels(chosen) for _copy in range(chosen["copies"])],
        labels.SHEETS[chosen["sheet"]],
        skip=chosen["skip"] or 0,
        outlines=chosen["outlines"],
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="QR-{timezone.localdate():%Y-%m-%d}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _labels(chosen: dict[str, Any]) -> list[labels.Label]:
    return [_label(found, chosen["language"]) for found in chosen["found"]]


def _label(found: resources.Found, language: str) -> labels.Label:
    titles = found.resource.title(found.instance)
    return labels.Label(
        code=found.identifier.code,
        number=found.number,
        title=titles.get(language) or next(iter(titles.values()), found.number),
        place=found.resource.place(found.instance, language),
    )


def _page(request: HttpRequest, form: LabelForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "page_title": form.fields["numbers"].label}
    return render(request, "publishing/admin/labels.html", context, status=status)
