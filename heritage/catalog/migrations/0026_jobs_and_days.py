"""Exports of dossiers become jobs like all others; on which days records were public and had scans is kept."""

import datetime
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('catalog', '0025_state_periods_and_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("dossierexport", "kind", "action"),
        migrations.RenameField("dossierexport", "ordered_at", "created_at"),
        migrations.RenameField("dossierexport", "ordered_by", "user"),
        migrations.AlterModelOptions(
            name='dossierexport',
            options={'ordering': ['-created_at', '-pk'], 'verbose_name': 'export of a dossier', 'verbose_name_plural': 'exports of dossiers'},
        ),
        migrations.AddField(
            model_name='dossierexport',
            name='order',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='batch',
            name='attempts',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='attempts'),
        ),
        migrations.AlterField(
            model_name='batch',
            name='beat_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='last sign of the worker'),
        ),
        migrations.AlterField(
            model_name='batch',
            name='done',
            field=models.PositiveIntegerField(default=0, verbose_name='done'),
        ),
        migrations.AlterField(
            model_name='batch',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ended at'),
        ),
        migrations.AlterField(
            model_name='batch',
            name='problem',
            field=models.CharField(blank=True, max_length=500, verbose_name='what went wrong'),
        ),
        migrations.AlterField(
            model_name='batch',
            name='total',
            field=models.PositiveIntegerField(default=0, verbose_name='of'),
        ),
        migrations.AlterField(
            model_name='dossierexport',
            name='action',
            field=models.CharField(max_length=30, verbose_name='action'),
        ),
        migrations.AlterField(
            model_name='dossierexport',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='ordered at'),
        ),
        migrations.AlterField(
            model_name='dossierexport',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=8, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='dossierexport',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='listexport',
            name='attempts',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='attempts'),
        ),
        migrations.AlterField(
            model_name='listexport',
            name='beat_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='last sign of the worker'),
        ),
        migrations.AlterField(
            model_name='listexport',
            name='done',
            field=models.PositiveIntegerField(default=0, verbose_name='done'),
        ),
        migrations.AlterField(
            model_name='listexport',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ended at'),
        ),
        migrations.AlterField(
            model_name='listexport',
            name='problem',
            field=models.CharField(blank=True, max_length=500, verbose_name='what went wrong'),
        ),
        migrations.AlterField(
            model_name='listexport',
            name='total',
            field=models.PositiveIntegerField(default=0, verbose_name='of'),
        ),
        migrations.CreateModel(
            name='TraitPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trait', models.CharField(choices=[('kept', 'kept day by day'), ('public', 'public'), ('scans', 'with scans')], max_length=6)),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(default=datetime.date(9999, 12, 31), verbose_name='until')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trait_periods', to='catalog.record')),
            ],
            options={
                'indexes': [models.Index(fields=['trait', 'until', 'since', 'record'], name='trait_period_sums')],
                'constraints': [models.UniqueConstraint(fields=('record', 'trait', 'until'), name='trait_period_ends_once')],
            },
        ),
    ]
