"""LinGrid: people, houses and what happens around them, grid by grid."""

import os
import time

__version__ = "0.1.0"

# Every day in the product is a day in China, also on a server whose clock keeps UTC: an age, a deadline or the work of
# the night must not wait for eight in the morning. Written out, since a small container has no names of time zones.
os.environ["TZ"] = "CST-8"
if hasattr(time, "tzset"):  # Windows has none and keeps the clock of the office's own PC
    time.tzset()
