"""How long each kind of data is kept, what is over, and who agreed that it goes."""
