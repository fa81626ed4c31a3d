"""Keeping a search of the list under a name, and choosing its columns; each for the person who does it."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from heritage.accounts.models import User
from heritage.accounts.policies import policy_of
from heritage.catalog.admin.columns import CHOICES, SHOWN_AT_FIRST
from heritage.catalog.models import ListColumns, Record, SavedList
from heritage.catalog.models.list_view import MOST

OF_ONE_LOOK = ("p", "export", "_w_filter_fragment", "results")
"""What an address says of one look at the list, and not of what is sought."""


def _kept(query: QueryDict) -> str:
    """The part of the list's address that is worth keeping; "" where nothing is sought or ordered."""
    pairs = [(name, value) for name, values in query.lists() for value in values]
    return urlencode([(name, value) for name, value in pairs if value and name not in OF_ONE_LOOK])


def buttons(request: HttpRequest) -> list[Button]:
    """For the list's menu: the searches kept, keeping this one, and the columns."""
    listing, query = reverse("wagtailsnippets_catalog_record:list"), _kept(request.GET)
    kept = [
        Button(each.name, url=f"{listing}?{each.query}", icon_name="search", priority=10)
        for each in SavedList.objects.filter(user=cast(User, request.user))
    ]
    more = [
        Button(_("Choose columns"), url=_with_query("record_columns", query), icon_name="list-ul", priority=80),
        Button(_("Searches kept"), url=_with_query("record_searches", query), icon_name="folder-open-1", priority=79),
    ]
    return [*kept, *more]


def _with_query(name: str, query: str) -> str:
    return f"{reverse(name)}?{urlencode({'query': query})}" if query else reverse(name)


LONGEST_NAME = 80


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    query = forms.CharField(widget=forms.HiddenInput, max_length=1000)

    def clean_query(self) -> str:
        query = _kept(QueryDict(self.cleaned_data["query"]))
        if not query:
            raise ValidationError(_("There is nothing in this search to be kept: set a filter in the list first."))
        return query


class ColumnsForm(forms.Form):
    names = forms.MultipleChoiceField(
        label=pgettext_lazy("of a list", "Columns"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@never_cache
def searches(request: HttpRequest) -> HttpResponse:
    """The user's searches; one more is kept by a POST. A name that is there already is given the new search."""
    user = _user(request)
    form = NameForm(
        request.POST if request.method == "POST" else None, initial={"query": request.GET.get("query", "")[:1000]}
    )
    own = SavedList.objects.filter(user=user)
    if request.method == "POST" and form.is_valid():
        name, query = form.cleaned_data["name"].strip(), form.cleaned_data["query"]
        if own.exclude(name=name).count() >= MOST:
            form.add_error("name", _("You keep %(most)s searches already; delete one first.") % {"most": MOST})
        else:
            SavedList.objects.update_or_create(user=user, name=name, defaults={"query": query})
            messages.success(request, _("The search “%(name)s” is kept.") % {"name": name})
            return redirect(f"{reverse('wagtailsnippets_catalog_record:list')}?{query}")
    context = {"form": form, "searches": own, "listing": reverse("wagtailsnippets_catalog_record:list")}
    return render(request, "catalog/admin/searches.html", context)


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a search of the user's own another name, which none of the others has."""
    user, name = _user(request), request.POST.get("name", "").strip()
    one = get_object_or_404(SavedList, pk=pk, user=user)
    if not 0 < len(name) <= LONGEST_NAME:
        messages.error(request, _("Name: give one of 1 to %(most)s characters.") % {"most": LONGEST_NAME})
    elif SavedList.objects.filter(user=user, name=name).exclude(pk=pk).exists():
        messages.error(request, _("Name: another of your searches is called “%(name)s”.") % {"name": name})
    else:
        SavedList.objects.filter(pk=one.pk).update(name=name)
    return redirect("record_searches")


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedList, pk=pk, user=_user(request)).delete()
    return redirect("record_searches")


@never_cache
def columns(request: HttpRequest) -> HttpResponse:
    """Which columns the list has for this user."""
    user = _user(request)
    form = ColumnsForm(request.POST if request.method == "POST" else None, initial={"names": chosen_by(user)})
    query = _kept(QueryDict(request.GET.get("query", "")[:1000]))
    if request.method == "POST" and form.is_valid():
        ListColumns.objects.update_or_create(user=user, defaults={"names": form.cleaned_data["names"]})
        return redirect(f"{reverse('wagtailsnippets_catalog_record:list')}?{query}")
    return render(request, "catalog/admin/columns.html", {"form": form})


def chosen_by(user: Any) -> list[str]:
    """Names of the columns that `user` wants to see; those of the archive where they chose none."""
    names = ListColumns.objects.filter(user=user).values_list("names", flat=True).first()
    return list(SHOWN_AT_FIRST) if names is None else names


def _user(request: HttpRequest) -> User:
    if not policy_of(Record).user_has_permission(request.user, "view"):
        raise PermissionDenied
    return cast(User, request.user)


def admin_urls() -> list[URLPattern]:
    return [
        path("register-searches/", searches, name="record_searches"),
        path("register-searches/<int:pk>/rename/", rename, name="record_search_rename"),
        path("register-searches/<int:pk>/forget/", forget, name="record_search_forget"),
        path("register-columns/", columns, name="record_columns"),
    ]
