"""Suggestions know whether an owner sent them, by which claim, and in which language to answer."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def mark_claims(apps: Any, schema_editor: Any) -> None:
    apps.get_model("maps", "Suggestion").objects.filter(kind="claim").update(is_owner=True)


class Migration(migrations.Migration):
    dependencies = [("maps", "0012_split_places")]

    operations = [
        migrations.AddField(
            "suggestion",
            "is_owner",
            models.BooleanField(default=False, verbose_name="the sender says to own the place"),
        ),
        migrations.AddField(
            "suggestion",
            "claim",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="maps.suggestion",
                verbose_name="sent by the owner, whose claim was accepted",
            ),
        ),
        migrations.AddField(
            "suggestion",
            "language",
            models.CharField(default="vi", editable=False, max_length=2, verbose_name="sender's language"),
        ),
        migrations.AlterField(
            "suggestion",
            "state",
            models.CharField(
                choices=[
                    ("new", "to be looked at"),
                    ("accepted", "accepted"),
                    ("refused", "refused"),
                    ("ended", "the owner's part has ended"),
                ],
                default="new",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.RunPython(mark_claims, migrations.RunPython.noop),
    ]
