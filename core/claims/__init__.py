"""Self-reports: what residents say at the door of their house, and what becomes of it in the register."""
