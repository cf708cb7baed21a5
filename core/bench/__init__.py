"""How fast the office is: every number of docs/bench.md, measured in one run on one invented office.

The machine differs from run to run, so the search and the lists stand beside the plain way (LIKE, OFFSET) on
the same file; the ratio of the two is what can be compared. Nothing here is used by a running office.
"""
