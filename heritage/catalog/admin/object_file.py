"""The screens of object files: location, loans, exhibitions, condition."""

import itertools
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from heritage.accounts.forms import OwnUnitsForm, adjust_forms
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import ScopedViewSet
from heritage.catalog.models import ObjectFile, Record
from heritage.catalog.models.particulars import MEASURED


class ObjectFileForm(OwnUnitsForm, WagtailAdminModelForm):
    """A file is opened for an object that the user may edit; only who may publish decides what is public of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "record" in self.fields:
            self.fields["record"].disabled = bool(self.instance.pk)
        if not self._may_publish:
            for name in ("movements", "showings"):
                if (rows := self.formsets.get(name)) is not None:
                    adjust_forms(rows, lambda row: row.fields.pop("is_public", None))

    @cached_property
    def _may_publish(self) -> bool:
        user = getattr(self, "for_user", None)
        return user is None or policy_of(Record).user_has_permission(user, Action.PUBLISH)

    def clean_record(self) -> Record:
        record: Record = self.cleaned_data["record"]
        user = getattr(self, "for_user", None)
        if record.kind not in MEASURED:
            raise ValidationError(_("Choose an object, a treasure or a document; places do not move."))
        if user and not policy_of(Record).user_has_permission_for_instance(user, Action.CHANGE, record):
            raise ValidationError(_("You may not edit this record."))
        return record

    def is_valid(self) -> bool:
        return super().is_valid() and self._loans_do_not_overlap()

    def _loans_do_not_overlap(self) -> bool:
        rows = [one.cleaned_data for one in self.formsets["object_loans"].forms if one.cleaned_data.get("starts_on")]
        spans = sorted((one["starts_on"], one["returned_on"] or one["due_on"]) for one in rows if not one.get("DELETE"))
        for (_first, end), (start, _last) in itertools.pairwise(spans):
            if start < end:
                message = _("Two loans overlap: one ends on %(end)s, the next begins on %(start)s already.")
                self.add_error(None, ValidationError(message % {"end": end, "start": start}))
                return False
        return True


class ObjectFileIndexView(IndexView):
    """Each object with where it is now."""

    def get_base_queryset(self) -> QuerySet[ObjectFile]:
        return ObjectFile.objects.select_related("record__unit").prefetch_related("movements", "condition_checks")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self._get_title_column("record", TitleColumn),
            Column("inventory", label=_("Inventory number"), accessor="record.inventory_number"),
            Column("place", label=_("Where it is"), accessor=lambda one: _last(one.movements.all())),
            Column("state", label=_("Condition"), accessor=lambda one: _last(one.condition_checks.all())),
        ]


def _last(rows: Any) -> str:
    found = list(rows)
    return str(found[-1]) if found else ""


def _inline(name: str, label: Any, *rows: tuple[str, ...]) -> InlinePanel:
    panels = [FieldRowPanel([FieldPanel(field) for field in row]) for row in rows]
    return InlinePanel(name, panels=panels, label=label)


class ObjectFileViewSet(ScopedViewSet):
    model = ObjectFile
    icon = "folder-open-inverse"
    menu_label = _("Object files")
    index_view_class = ObjectFileIndexView
    inspect_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("record"),
                    FieldRowPanel([FieldPanel("acquired_how"), FieldPanel("acquired_on")]),
                    FieldPanel("acquisition_note"),
                    _inline(
                        "movements",
                        _("Movement"),
                        ("moved_on", "place"),
                        ("stay", "custodian"),
                        ("is_public", "note"),
                    ),
                ],
                heading=_("Location"),
            ),
            ObjectList(
                [
                    _inline(
                        "object_loans",
                        _("Loan"),
                        ("direction", "other_party", "agreement"),
                        ("starts_on", "due_on", "returned_on"),
                        ("insured_vnd", "note"),
                    ),
                    _inline(
                        "showings",
                        _("Exhibition"),
                        ("title_vi", "title_en", "venue"),
                        ("opens_on", "closes_on", "is_public"),
                    ),
                ],
                heading=_("Loans and exhibitions"),
            ),
            ObjectList(
                [
                    _inline(
                        "condition_checks",
                        _("Condition check"),
                        ("checked_on", "state", "checked_by"),
                        ("finding", "advice"),
                    )
                ],
                heading=_("Condition"),
            ),
        ],
        base_form_class=ObjectFileForm,
    )
