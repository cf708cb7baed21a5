"""Care of the office itself: its own codes, backups and whether they can be restored, and how the machine is."""
