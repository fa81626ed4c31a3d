"""Questions of readers: asked on line, answered by staff, and shown to others where their reader agrees."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from heritage.core import client
from heritage.core.languages import current
from heritage.core.limits import page_of
from heritage.library import access
from heritage.library.forms import QuestionForm
from heritage.library.models import Question
from heritage.library.queries import published
from heritage.library.queries.questions import shown
from heritage.library.services import questions as services

PER_HOUR = 10
HOUR = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """What others asked, one's own questions with their answers, and the form."""
    number = (request.POST.get("work") or request.GET.get("work") or "")[:40]
    work = published().filter(number=number).first() if number.isprintable() and number else None
    form = QuestionForm(request.POST or None, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        if client.times(request, "library:questions", HOUR) > PER_HOUR:
            form.add_error(None, _("Many questions came from your address. Please try again in an hour."))
        else:
            try:
                services.ask(request.user, work=work, language=current(), **form.asked())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect(f"{request.path}?asked=1")
    own = Question.objects.filter(user=request.user) if request.user.is_authenticated else Question.objects.none()
    context = {
        "form": form,
        "work": work,
        "was_asked": "asked" in request.GET,
        "own": own.select_related("work")[:20],
        "page": page_of(shown().order_by("-answered_at", "-pk"), request.GET),
    }
    return render(request, "library/questions.html", context)


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with its answer, under an address of its own: searches lead here."""
    return render(request, "library/question.html", {"question": get_object_or_404(shown(), pk=pk)})


def _known(request: HttpRequest) -> dict[str, str]:
    card = access.card_of(request.user)
    return {"name": card.full_name, "email": card.user.email} if card else {}
