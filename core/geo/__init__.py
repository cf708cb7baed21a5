"""Geometry on the earth, without records: tiles, shapes, coordinate systems."""
