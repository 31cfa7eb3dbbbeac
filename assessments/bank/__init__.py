"""A version of a question bank, apart from the database: read from files, written to them, checked, compared. Pure."""
