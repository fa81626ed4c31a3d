"""The screen with both versions, field by field."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from taggit.models import ItemBase
from wagtail.admin import messages

from heritage.accounts.models import User
from heritage.catalog.models import KeptVersion
from heritage.catalog.moderation import comparing, holding, keeping, parts
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.catalog.moderation.admin.holding import HeldLock
from heritage.catalog.moderation.admin.page import ObjectScreen
from heritage.catalog.moderation.merging import MINE, THEIRS, Merged

PREFIX = "choice:"


@dataclass(frozen=True)
class Row:
    """One part of which there are two versions; each side is a list of (label, value as HTML)."""

    key: str
    label: str
    mine: list[tuple[str, Any]]
    theirs: list[tuple[str, Any]]
    chosen: str = ""


class MergeView(ObjectScreen, TemplateView):
    """Both versions of each part that two people changed; what only one of them changed is taken as it is."""

    permission_required = "change"
    template_name = "catalog/moderation/merge.html"
    page_title = gettext_lazy("Two versions")
    header_icon = "copy"

    def user_has_permission(self, permission: str) -> bool:
        """As in the edit form: also whoever decides upon the present step of moderation."""
        if super().user_has_permission(permission):
            return True
        task = getattr(self.object, "current_workflow_task", None)
        return bool(task and task.user_can_access_editor(self.object, self.request.user))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        if self.kept.settled_at:
            messages.warning(request, _("These two versions are merged already."))
            return redirect(self.edit_url)
        lock = self.lock
        if lock and lock.for_user(request.user):
            messages.warning(request, lock.get_message(request.user))
            return redirect(self.edit_url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def lock(self) -> Any:
        """Another's hold matters only while they have saved nothing: two versions are merged whoever goes on."""
        if (lock := self.object.get_lock()) is not None:
            return lock
        newest = self.object.get_latest_revision_as_object()
        if parts.fingerprints(self.model, newest.serializable_data()) != self.kept.base:
            return None
        hold = holding.holder(self.object)
        return HeldLock(self.object, hold) if hold else None

    @cached_property
    def kept(self) -> KeptVersion:
        """One's own only: what another typed is seen when it is saved."""
        content_type = ContentType.objects.get_for_model(self.object, for_concrete_model=False)
        rows = KeptVersion.objects.filter(
            content_type=content_type, object_id=self.object.pk, user=cast(User, self.request.user)
        )
        return get_object_or_404(rows, pk=self.kwargs["kept"])

    @property
    def edit_url(self) -> str:
        return address_of(self.object, "edit")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "set-aside" in request.POST:
            keeping.set_aside(self.kept)
            messages.success(request, _("You go on with the version of the other person."))
            return redirect(self.edit_url)
        try:
            keeping.settle(self.kept, self.choices, request.POST.get("seen", ""), cast(User, request.user))
        except keeping.MovedOnError:
            messages.warning(request, _("It was saved once more while you were choosing. Look again, please."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Both versions are merged and saved as a draft."))
            return redirect(self.edit_url)
        return self.render_to_response(self.get_context_data())

    @property
    def choices(self) -> dict[str, str]:
        sent = {key.removeprefix(PREFIX): value for key, value in self.request.POST.items() if key.startswith(PREFIX)}
        return {key: value for key, value in sent.items() if value in (MINE, THEIRS)}

    @cached_property
    def merged(self) -> Merged:
        return keeping.joined(self.kept, self.object)

    @cached_property
    def versions(self) -> tuple[Any, Any]:
        return self.object.with_content_json(self.kept.content), self.object.get_latest_revision_as_object()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = self.object.latest_revision
        return super().get_context_data(**kwargs) | {
            "object": self.object,
            "kept": self.kept,
            "newest": newest,
            "other_user": newest.user if newest else None,
            "seen": keeping.stamp(self.object),
            "conflicts": [self.row(key) for key in self.merged.conflicts],
            "own_changes": [self.row(key) for key in self.merged.mine],
            "other_changes": [self.row(key) for key in self.merged.theirs],
            "edit_url": self.edit_url,
            "prefix": PREFIX,
        }

    def row(self, key: str) -> Row:
        mine, theirs = (self._values(key, version) for version in self.versions)
        return Row(key, self._label(key), mine, theirs, self.choices.get(key, ""))

    def _label(self, key: str) -> str:
        name, _colon, _row = key.partition(":")
        if child := parts.relations(self.model).get(name):
            return str(capfirst(_("tag") if issubclass(child, ItemBase) else child._meta.verbose_name))
        names = parts.field_names(self.model)[key]
        return str(capfirst(", ".join(str(self.model._meta.get_field(each).verbose_name) for each in names)))

    def _values(self, key: str, version: Any) -> list[tuple[str, Any]]:
        name, _colon, _row = key.partition(":")
        if name in parts.relations(self.model):
            return dict(comparing.rows_shown(version, name, self.request.user)).get(key, [])
        names = parts.field_names(self.model)[key]
        values = comparing.fields_shown(version, names, self.request.user)
        return values if len(names) > 1 else [("", value) for _label, value in values]
