"""Invented people for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from heritage.catalog.models import Consent, Person, PersonalData
from heritage.catalog.models.person import PersonalField, Purpose


class PersonFactory(DjangoModelFactory):
    """An invented person with personal data; `consent=None` leaves out the consent to everything for everybody."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    is_sample = True

    @classmethod
    def _create(cls, model_class, *args, name="Nguyễn Thị Mẫu", consent=tuple(PersonalField.values), **kwargs):
        data = {key: kwargs.pop(key) for key in list(kwargs) if key in DATA}
        person = super()._create(model_class, *args, **kwargs)
        PersonalData.objects.create(person=person, full_name=name, **data)
        if consent is not None:
            ConsentFactory(person=person, fields=list(consent))
        return person


DATA = {field.name for field in PersonalData._meta.fields}


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory, consent=None)
    purposes = factory.LazyFunction(lambda: list(Purpose.values))
    fields = factory.LazyFunction(lambda: [PersonalField.NAME, PersonalField.PRACTICE])
    given_on = dt.date(2026, 1, 2)
    evidence = "Cặp 1"
