"""Building, pulling down, splitting and merging houses: applied for, reviewed, approved, and then done in one go."""
