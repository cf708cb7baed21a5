"""Labels at doors: one house, one QR code. The code holds only an address with a random token; the label at the door
may be printed again, lost or revoked, and the house keeps its code."""
