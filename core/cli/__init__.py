"""The command line of an office: it asks queries and calls commands as everybody else does."""
