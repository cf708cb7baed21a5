"""Photos and documents attached to records: whoever may see the record sees them, whoever may change it keeps them."""
