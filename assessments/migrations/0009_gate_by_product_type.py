from django.db import migrations, models


def gates_to_product_types(apps, schema_editor):
    """A gate of an item was one for every type of product that requires it."""
    part = apps.get_model("assessments", "ItemProductType")
    part._base_manager.filter(item__gate=True).update(gate=True)


def gates_to_items(apps, schema_editor):
    """Going back: an item is a gate when it is one for any type of product."""
    item = apps.get_model("assessments", "Item")
    item._base_manager.filter(product_types__gate=True, floor__isnull=False).update(gate=True)


class Migration(migrations.Migration):
    """A gate belongs to a type of product.

    Going back loses which types: an item that was a gate for some of them is one for all when it goes forward again.
    """

    dependencies = [
        ('assessments', '0008_version_of_rows_that_two_people_edit'),
    ]

    operations = [
        migrations.AddField(
            model_name='itemproducttype',
            name='core_roles',
            field=models.JSONField(blank=True, default=list, help_text='the roles in whose core it is; empty: a deeper item; stored whole, never queried'),
        ),
        migrations.AddField(
            model_name='itemproducttype',
            name='gate',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(gates_to_product_types, gates_to_items),
        migrations.RemoveConstraint(
            model_name='item',
            name='item_gate_has_floor',
        ),
        migrations.RemoveField(
            model_name='item',
            name='gate',
        ),
    ]
