"""Homes that are let and homes that stand empty: who came and went, whose they are, and who looked last."""
