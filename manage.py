#!/usr/bin/env python
"""Runs the archive's management commands."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings.dev")
    execute_from_command_line(sys.argv)
