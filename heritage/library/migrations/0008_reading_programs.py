"""Reading programs: passwords of their own, the device that kept a place, files as KOReader knows them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from heritage.library.digests import partial_md5


def fill_in(apps, schema_editor):
    Edition = apps.get_model("library", "Edition")
    for edition in Edition.objects.exclude(file="").only("file").iterator(chunk_size=500):
        try:
            with edition.file.open("rb") as stream:
                digest = partial_md5(stream)
        except OSError:  # the file is not there: the edition is known to no program
            continue
        Edition.objects.filter(pk=edition.pk).update(partial_md5=digest)


class Migration(migrations.Migration):

    dependencies = [
        ("library", "0007_names_and_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AppPassword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="program")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("used_on", models.DateField(blank=True, null=True, verbose_name="last used")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="app_passwords", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "app password",
                "verbose_name_plural": "app passwords",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(model_name="edition", name="partial_md5", field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=32), preserve_default=False),
        migrations.AddField(model_name="reading", name="device", field=models.CharField(blank=True, default="", max_length=200), preserve_default=False),
        migrations.AddField(model_name="reading", name="device_name", field=models.CharField(blank=True, default="", max_length=100, verbose_name="device"), preserve_default=False),
        migrations.RunPython(fill_in, migrations.RunPython.noop, elidable=True),
    ]
