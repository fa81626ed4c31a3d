"""Users with roles in units."""

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from heritage.accounts.models import UnitRole

PASSWORD = "mat-khau-thu-2026"


class UserFactory(DjangoModelFactory):
    """An active user without any role; `UserFactory(role=Role.REVIEWER, unit=commune)` gives one."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"can-bo-{n}")
    first_name = factory.Sequence(lambda n: f"Cán bộ {n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save()

    @classmethod
    def _create(cls, model_class, *args, role=None, unit=None, kinds=(), **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        if role:
            UnitRole.objects.create(user=user, role=role, unit=unit, kinds=list(kinds))
        return user
