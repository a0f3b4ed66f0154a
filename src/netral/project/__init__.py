"""Settings, root addresses, server entry points and the command line."""
