"""Gazetteers beside the embedded one: dumps of GeoNames, the user's own tables, and how they are put together and kept."""
