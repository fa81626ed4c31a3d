"""Users in the admin: an account, and the roles it holds in units."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, IndexView, UserFilterSet, UserViewSet

from heritage.accounts import kinds
from heritage.accounts.admin.units import units_chooser
from heritage.accounts.models import Role, UnitRole
from heritage.accounts.policies import roles_of, units_reached
from heritage.places.models import Unit

User = get_user_model()


def units_administered(user: Any) -> frozenset[int] | None:
    """Units in which `user` may give roles; None for the whole archive."""
    if user.is_superuser:
        return None
    held = [each.unit_id for each in roles_of(user) if each.role == Role.ADMINISTRATOR and not each.kinds]
    return None if None in held else units_reached(user, frozenset(unit for unit in held if unit))


class RoleForm(forms.ModelForm):
    unit = forms.ModelChoiceField(
        Unit.objects.current(),
        required=False,
        label=gettext_lazy("Unit"),
        help_text=gettext_lazy("Covers all units below it. Blank: the whole archive."),
        widget=units_chooser.widget_class,
    )

    kinds = forms.MultipleChoiceField(
        choices=kinds.choices,
        required=False,
        label=gettext_lazy("Kinds of heritage"),
        help_text=gettext_lazy("Only these. None ticked: every kind."),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = UnitRole
        fields = ("role", "unit", "kinds")


class BaseRoleFormSet(forms.BaseInlineFormSet):
    """Roles of one user; an administrator of a unit gives and takes none outside it."""

    for_user: Any = None

    def clean(self) -> None:
        super().clean()
        reach = units_administered(self.for_user)
        if reach is None:
            return
        for form in self.forms:
            if form.has_changed() and not self._within(form, reach):
                raise ValidationError(_("You may give and take roles only in your own unit and those below it."))

    def _within(self, form: Any, reach: frozenset[int]) -> bool:
        before = UnitRole.objects.filter(pk=form.instance.pk).values_list("unit", flat=True) if form.instance.pk else []
        chosen = form.cleaned_data.get("unit")
        return all(key in reach for key in [*before, chosen.pk if chosen else None])


RoleFormSet = forms.inlineformset_factory(
    User, UnitRole, form=RoleForm, formset=BaseRoleFormSet, extra=2, can_delete=True
)


class WithRoles:
    """Mixed in before Wagtail's user forms: roles instead of groups, which follow from them."""

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        self.fields.pop("groups", None)  # type: ignore[attr-defined]
        if not getattr(for_user, "is_superuser", False):
            self.fields.pop("is_superuser", None)  # type: ignore[attr-defined]
        data = self.data if self.is_bound else None  # type: ignore[attr-defined]
        self.roles = RoleFormSet(data, instance=self.instance, prefix="roles")  # type: ignore[attr-defined]
        self.roles.for_user = for_user  # type: ignore[attr-defined]

    @property
    def media(self) -> forms.Media:
        return super().media + self.roles.media  # type: ignore[misc]

    def is_valid(self) -> bool:
        return super().is_valid() & self.roles.is_valid()  # type: ignore[misc]

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        user = super().save(commit)  # type: ignore[misc]
        if commit:
            self.roles.instance = user
            self.roles.save()
        return user


class AccountCreationForm(WithRoles, UserCreationForm):
    pass


class AccountEditForm(WithRoles, UserEditForm):
    pass


class AccountCreateView(CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"for_user": self.request.user}


class AccountEditView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever changes a user's password becomes that user, so nobody edits an account stronger than the own."""
        if not may_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"for_user": self.request.user}


def may_manage(manager: Any, user: Any) -> bool:
    """Whether every role of `user` lies in units that `manager` administers."""
    reach = units_administered(manager)
    if manager.is_superuser or manager.pk == user.pk:
        return True
    if user.is_superuser:
        return False
    held = UnitRole.objects.filter(user=user).values_list("unit", flat=True)
    return reach is None or all(key in reach for key in held)


class AccountFilterSet(UserFilterSet):
    """By role and not by group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop("group", None)


class AccountIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet:
        roles = Prefetch("unit_roles", queryset=UnitRole.objects.select_related("unit"))
        return super().get_base_queryset().prefetch_related(roles)

    @property
    def columns(self) -> list[Any]:
        checkbox, name, username, _level, *others = super().columns
        roles = Column("roles", label=_("Roles"), accessor=lambda u: "; ".join(map(str, u.unit_roles.all())))
        return [checkbox, name, username, roles, *others]


class AccountViewSet(UserViewSet):
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    filterset_class = AccountFilterSet
    template_prefix = "accounts/users/"

    def get_form_class(self, for_update: bool = False) -> type:
        return AccountEditForm if for_update else AccountCreationForm
