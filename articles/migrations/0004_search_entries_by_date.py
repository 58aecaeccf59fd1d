from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_words_by_which_articles_are_found'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('edition'), models.OrderBy(models.F('published_at'), descending=True), name='search_entry_by_date'),
        ),
    ]
