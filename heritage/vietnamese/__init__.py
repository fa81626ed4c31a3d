"""Vietnamese for Wagtail's own screens: message catalogues, and the templates that say English outright.

They are an app's and not in `LOCALE_PATHS`, so that the archive's own apps, listed before it, keep their words for the
same English, and Wagtail, listed after it, is overruled. What Wagtail's scripts say stands in `javascript/`.
"""
