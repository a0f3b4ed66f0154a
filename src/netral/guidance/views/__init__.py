"""Pages, files and the JSON interface of the law."""
