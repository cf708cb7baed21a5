"""Ways in which the positions of staff come in: one file, one protocol (PositionSource)."""
