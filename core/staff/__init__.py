"""Staff in the field: shifts that workers start themselves, and where they were during them."""
