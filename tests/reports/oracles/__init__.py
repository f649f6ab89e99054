"""Values that other programs give for the same tables, and how they were made."""
