"""LinGrid: people, houses and what happens around them, grid by grid."""

__version__ = "0.1.0"
