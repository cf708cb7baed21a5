"""The map: every layer as tiles, numbers per area and cards, each for whoever asks."""
