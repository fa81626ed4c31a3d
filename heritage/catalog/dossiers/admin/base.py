"""What the screens below one record share: its choice guarded, its crumbs, its checks of rights."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views.snippets import CreateView

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.models import Record


class OfRecordForm(WagtailAdminModelForm):
    """A form of what belongs to a record: only a record that the user may edit, and never another one later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "record" in self.fields:
            self.fields["record"].disabled = True

    def clean_record(self) -> Record:
        record = self.cleaned_data["record"]
        user = getattr(self, "for_user", None)
        if self.instance.pk or user is None or record is None:
            return record
        if not policy_of(Record).user_has_permission_for_instance(user, Action.CHANGE, record):
            message = _("You have no right to edit %(record)s. Choose a record of your own unit.")
            raise ValidationError(message % {"record": record})
        return record


class OfRecordCreateView(CreateView):
    """`?record=<pk>` proposes the record, if the user may edit it."""

    def get_initial_form_instance(self) -> Model | None:
        asked = self.request.GET.get("record", "")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 12):
            return super().get_initial_form_instance()
        mine = policy_of(Record).instances_user_has_permission_for(self.request.user, Action.CHANGE)
        record = mine.filter(pk=int(asked)).first()
        return self.model(record=record) if record else super().get_initial_form_instance()


class ObjectScreen(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin):
    """A screen of its own about one object of a viewset; rights are asked of the very object by `construct_view`."""

    permission_required: str = Action.CHANGE
    edit_url_name: str | None = None
    index_url_name: str | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_page_subtitle(self) -> str:
        return str(self.object)

    @property
    def edit_url(self) -> str:
        return reverse(self.edit_url_name, args=[self.object.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": self.model._meta.verbose_name_plural},
            {"url": self.edit_url, "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]
