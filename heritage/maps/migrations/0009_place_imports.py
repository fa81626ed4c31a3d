import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import heritage.maps.models.place_import
from heritage.maps.models.likeness import digits, name_key


def fill(apps: Any, schema_editor: Any) -> None:
    """What the entries that are there are known by."""
    places = apps.get_model("maps", "Place").objects
    last = 0
    while rows := list(places.filter(pk__gt=last).order_by("pk").only("name_vi", "phone")[:2000]):
        for place in rows:
            place.match_name, place.match_phone = name_key(place.name_vi), digits(place.phone)
        places.bulk_update(rows, ["match_name", "match_phone"], batch_size=200)
        last = rows[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('maps', '0008_thematic_overlays'),
        ('places', '0003_boundaries_and_recorded_changes'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('columns', models.JSONField(default=dict, verbose_name='columns')),
                ('saved_at', models.DateTimeField(auto_now=True, verbose_name='saved at')),
            ],
            options={
                'verbose_name': 'meaning of columns',
                'verbose_name_plural': 'meanings of columns',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='PlaceImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('file', models.FileField(blank=True, max_length=300, upload_to=heritage.maps.models.place_import.import_folder, verbose_name='file')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('licence', models.CharField(blank=True, max_length=60, verbose_name='licence of the source')),
                ('kind', models.CharField(blank=True, choices=[('lodging', 'lodging'), ('food', 'food and drink'), ('shopping', 'shopping'), ('attraction', 'attraction or tourist area'), ('entertainment', 'entertainment'), ('service', 'service')], max_length=14, verbose_name='kind of rows that name none')),
                ('mapping', models.JSONField(blank=True, default=dict, verbose_name='what the columns mean')),
                ('dry_run', models.BooleanField(default=True, verbose_name='trial run')),
                ('state', models.CharField(choices=[('draft', 'being prepared'), ('waiting', 'waiting for the worker'), ('running', 'running'), ('done', 'ended'), ('failed', 'failed')], default='draft', max_length=8, verbose_name='state')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='done')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='of')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('problem', models.CharField(blank=True, max_length=500, verbose_name='what went wrong')),
                ('figures', models.JSONField(blank=True, default=dict, verbose_name='figures')),
                ('report', models.FileField(blank=True, max_length=300, upload_to=heritage.maps.models.place_import.import_folder, verbose_name='report by row')),
                ('ordered_at', models.DateTimeField(auto_now_add=True, verbose_name='ordered at')),
                ('beat_at', models.DateTimeField(blank=True, null=True, verbose_name='last sign of the worker')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
            ],
            options={
                'verbose_name': 'import of places',
                'verbose_name_plural': 'imports of places',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='place',
            name='match_name',
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='place',
            name='match_phone',
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['match_name'], name='place_match_name'),
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['match_phone'], name='place_match_phone'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='saved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
        ),
        migrations.AddField(
            model_name='placeimport',
            name='ordered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ordered by'),
        ),
        migrations.AddIndex(
            model_name='placeimport',
            index=models.Index(fields=['state', 'id'], name='place_import_by_state'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
