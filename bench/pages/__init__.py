"""The coverage page over many people, as a ratio to a page that reads one row."""
