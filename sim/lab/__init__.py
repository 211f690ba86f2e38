"""Notebooks as products: a folder of the user's own, and sliders over a study or a record."""
