"""Protection zones: edited and imported in the admin, shown on the record's page, compared between revisions."""
