"""A place that was split off knows from which."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("maps", "0011_visits_seasons_and_nearest")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="split_from",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="split_offs",
                to="maps.place",
                verbose_name="split off from",
            ),
        ),
    ]
