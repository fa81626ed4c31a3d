"""Tallies by kind too, for whoever sees some kinds only; the recount at the start of the worker fills them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_boundaries_and_recorded_changes'),
        ('reports', '0001_tallies'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='tally',
            name='tally_once',
        ),
        migrations.RemoveConstraint(
            model_name='tally',
            name='tally_once_unplaced',
        ),
        migrations.RemoveIndex(
            model_name='tally',
            name='tally_sums',
        ),
        migrations.AddField(
            model_name='tally',
            name='kind',
            field=models.CharField(blank=True, default='', max_length=12),
        ),
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(fields=['kind', 'dimension', 'value', 'unit', 'number'], name='tally_sums'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'dimension', 'value'), name='tally_once'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('kind', 'dimension', 'value'), name='tally_once_unplaced'),
        ),
    ]
