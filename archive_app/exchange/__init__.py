"""One module a format, its reader and its writer together."""
