from django.db import migrations, models


class Migration(migrations.Migration):
    """Both tables are derived: `manage.py maps rebuild` fills them anew."""

    dependencies = [("maps", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Cluster"),
        migrations.DeleteModel(name="Mark"),
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zoom', models.SmallIntegerField()),
                ('cell_y', models.IntegerField()),
                ('cell_x', models.IntegerField()),
                ('symbol', models.SmallIntegerField()),
                ('count', models.IntegerField()),
                ('sum_latitude', models.BigIntegerField()),
                ('sum_longitude', models.BigIntegerField()),
                ('sum_id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'cluster',
                'verbose_name_plural': 'clusters',
                'constraints': [models.UniqueConstraint(fields=('zoom', 'cell_y', 'cell_x', 'symbol'), name='cluster_once')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('layer', models.SmallIntegerField()),
                ('symbol', models.SmallIntegerField()),
                ('name_vi', models.CharField(max_length=300)),
                ('name_en', models.CharField(blank=True, max_length=300)),
                ('rank', models.CharField(blank=True, max_length=30)),
                ('category', models.CharField(blank=True, max_length=18)),
                ('latitude', models.FloatField()),
                ('longitude', models.FloatField()),
                ('accuracy_m', models.PositiveIntegerField(null=True)),
                ('picture', models.CharField(blank=True, max_length=300)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('opening_hours', models.CharField(blank=True, max_length=255)),
                ('is_sample', models.BooleanField(default=False)),
                ('latitude_micro', models.IntegerField()),
                ('longitude_micro', models.IntegerField()),
                ('cell_y', models.IntegerField()),
                ('cell_x', models.IntegerField()),
                ('lat_row', models.IntegerField()),
                ('ecef_x', models.FloatField()),
                ('ecef_y', models.FloatField()),
                ('ecef_z', models.FloatField()),
            ],
            options={
                'verbose_name': 'mark on the map',
                'verbose_name_plural': 'marks on the map',
                'indexes': [models.Index(fields=['lat_row', 'longitude'], name='mark_by_strip'), models.Index(fields=['number'], name='mark_by_number')],
                'constraints': [models.UniqueConstraint(fields=('model', 'object_id'), name='mark_one_per_object')],
            },
        ),
    ]
