"""Kinds of data that are kept for a time only, one file each: what is over, and how one record is taken away."""
