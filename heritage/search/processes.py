"""How a process that only analyses begins; imports no model, for it is imported before Django is set up."""

import gc

import django


def begin() -> None:
    """Set up Django. What is then loaded stays: looking through it for garbage again and again takes time."""
    django.setup()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
