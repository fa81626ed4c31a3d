"""The portal and its editable pages."""
