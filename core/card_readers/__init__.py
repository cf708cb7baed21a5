"""Readers of photographed identity documents: one file, one way of reading (CardReader). Without any the picture that
somebody hands in goes to the grid worker as it is."""
