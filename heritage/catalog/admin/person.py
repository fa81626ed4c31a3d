"""The screens of people: names are seen only by those whose role reaches personal data of the unit."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView

from heritage.accounts.forms import OwnUnitsForm, adjust_forms
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import ScopedViewSet
from heritage.catalog.admin.confirming import RowsToConfirm
from heritage.catalog.admin.erasure import EraseView
from heritage.catalog.admin.portrait import PortraitInput
from heritage.catalog.models import Person
from heritage.catalog.models.person import CIRCLE, PersonalField, learned_from
from heritage.catalog.people import queries
from heritage.catalog.people.services import note_change
from heritage.core.panels import both_languages

OPENING = {"purposes", "fields", "given_on", "given_by", "evidence", "expires_on"}
"""Fields of a consent that decide what it opens and on what proof."""


class PersonForm(RowsToConfirm, OwnUnitsForm, WagtailAdminModelForm):
    """Keeps recorded consents, refuses circles of masters, and offers only people within reach as masters.

    Who may not publish records consents for somebody else to confirm, and withdraws them alone.
    """

    rows_to_confirm = "consents"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (masters := self.formsets.get("masters")) is not None:
            adjust_forms(masters, self._offer_masters)

    def needs_confirming(self, changed: set[str]) -> bool:
        return bool(changed & OPENING)

    def _offer_masters(self, line: Any) -> None:
        if "master" in line.fields:
            line.fields["master"].queryset = self._reachable
            line.fields["master"].choices = self._named

    @cached_property
    def _reachable(self) -> QuerySet[Person]:
        people = Person.objects.exclude(pk=self.instance.pk)
        user = getattr(self, "for_user", None)
        return people.filter(policy_of(Person).condition(user, ["view"])) if user else people

    @cached_property
    def _named(self) -> list[tuple[Any, str]]:
        people = self._reachable.prefetch_related("personal_data")
        return [("", "---------"), *((one.pk, staff_name(one)) for one in people)]

    def is_valid(self) -> bool:
        valid = super().is_valid()
        consents = self.formsets.get("consents")
        for row in consents.deleted_forms if valid and consents is not None else []:
            if row.instance.pk:
                message = _("A recorded consent is proof and stays: enter the day of its withdrawal instead.")
                self.add_error(None, ValidationError(message))
                valid = False
        valid = valid and self._portrait_is_allowed()
        return valid and self._masters_do_not_go_round()

    def _portrait_is_allowed(self) -> bool:
        """A picture of a person is taken in only together with a consent that opens it."""
        rows = [row.cleaned_data for row in self.formsets["consents"].forms if row.cleaned_data]
        opened = any(PersonalField.PORTRAIT in row["fields"] and not row["withdrawn_on"] for row in rows)
        valid = True
        for row in self.formsets["personal_data"].forms:
            if isinstance(row.cleaned_data.get("portrait"), UploadedFile) and not opened:
                message = _("Record a consent that opens the portrait first, or leave the picture out.")
                row.add_error("portrait", message)
                valid = False
        return valid

    def _masters_do_not_go_round(self) -> bool:
        """The rows of a form do not know their pupil yet, so the model's own check cannot see the circle."""
        valid = True
        for row in self.formsets["masters"].forms:
            master = row.cleaned_data.get("master")
            if self.instance.pk and master and learned_from(master.pk, self.instance.pk):
                row.add_error("master", CIRCLE)
                valid = False
        return valid

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        self.unconfirm_changed()
        person = super().save(commit)
        if person.pk:
            note_change(person)
        return person


def staff_name(person: Person) -> str:
    """The name as staff with a right to it see it; the code where the data are erased."""
    data = next(iter(person.personal_data.all()), None)
    return f"{data.full_name} ({person.code})" if data else person.code


class NameColumn(TitleColumn):
    """The name instead of the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label": _("Name"), "sort_key": None})

    def get_value(self, instance: Any) -> str:
        return staff_name(instance)


class PersonIndexView(IndexView):
    """People of the own units by name; the box searches names with or without marks."""

    def get_base_queryset(self) -> QuerySet[Person]:
        return Person.objects.prefetch_related("personal_data", "titles", "consents").select_related("unit")

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        for word in queries.words_of(self.search_query or ""):
            queryset = queryset.filter(personal_data__folded__contains=word)
        return queryset

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self._get_title_column("code", NameColumn),
            Column("unit", label=_("Unit")),
            Column("titles", label=_("Titles"), accessor=lambda one: ", ".join(map(str, one.titles.all()))),
            Column("consent", label=_("Consent"), accessor=_consent_words),
        ]


def _consent_words(person: Person) -> Any:
    today, consents = timezone.localdate(), list(person.consents.all())
    if any(not one.is_confirmed and one.withdrawn_on is None for one in consents):
        return _("awaiting confirmation")
    return _("in force") if any(one.is_in_force(today) for one in consents) else _("none: nothing is shown")


DATA = [
    FieldPanel("unit"),
    FieldPanel("is_sample"),
    InlinePanel(
        "personal_data",
        panels=[
            FieldRowPanel([FieldPanel("full_name"), FieldPanel("known_as")]),
            FieldRowPanel([FieldPanel("birth_year"), FieldPanel("death_year"), FieldPanel("ethnicity")]),
            FieldPanel("home"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            both_languages("biography"),
            FieldRowPanel([FieldPanel("portrait", widget=PortraitInput), FieldPanel("portrait_credit")]),
        ],
        min_num=1,
        max_num=1,
        heading=_("Personal data: seen by the public only as far as a consent opens it"),
    ),
]
CONSENTS = [
    InlinePanel(
        "consents",
        panels=[
            FieldPanel("purposes"),
            FieldPanel("fields"),
            FieldRowPanel([FieldPanel("given_on"), FieldPanel("given_by"), FieldPanel("expires_on")]),
            FieldRowPanel([FieldPanel("evidence"), FieldPanel("is_confirmed")]),
            FieldRowPanel([FieldPanel("withdrawn_on"), FieldPanel("withdrawal_note")]),
        ],
        label=_("Consent"),
        heading=_("Consents: withdrawn, never deleted"),
    ),
]
WORK = [
    InlinePanel(
        "titles",
        panels=[
            FieldRowPanel([FieldPanel("kind"), FieldPanel("wording")]),
            FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decided_on"), FieldPanel("decided_year")]),
            FieldRowPanel([FieldPanel("authority", widget=forms.Select), FieldPanel("round_name")]),
            FieldPanel("is_posthumous"),
        ],
        label=pgettext_lazy("of honour", "Title"),
        heading=_("Titles"),
    ),
    InlinePanel(
        "practices",
        panels=[FieldPanel("record"), FieldRowPanel([FieldPanel("role"), FieldPanel("since_year")])],
        label=_("Practice"),
        heading=_("What the person practises"),
    ),
    InlinePanel(
        "masters",
        panels=[FieldPanel("master", widget=forms.Select), FieldPanel("record"), FieldPanel("since_year")],
        label=_("Master"),
        heading=_("Learned from"),
    ),
]


class PersonEditView(EditView):
    """Named for those who may see the name; with a button that erases what is personal."""

    def get_page_subtitle(self) -> str:
        return staff_name(self.object)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.object.personal_data.exists() and self.user_has_permission(Action.WITHDRAW):
            address = reverse("wagtailsnippets_catalog_person:erase", args=[self.object.pk])
            buttons.append(Button(_("Erase personal data"), url=address, icon_name="bin", priority=40))
        return buttons


class PersonViewSet(ScopedViewSet):
    """`inspect` is left out: it would show the shell only, and a copy would take the consents along."""

    model = Person
    icon = "group"
    menu_label = _("People")
    list_per_page = 30
    index_view_class = PersonIndexView
    edit_view_class = PersonEditView
    inspect_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(DATA, heading=_("Person")),
            ObjectList(WORK, heading=_("Titles and practice")),
            ObjectList(CONSENTS, heading=_("Consent")),
        ],
        base_form_class=PersonForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("erase/<int:pk>/", self.construct_view(EraseView), name="erase")]
