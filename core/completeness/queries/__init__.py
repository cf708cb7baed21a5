"""What is asked about completeness and freshness; measures lean on `positions`, so nothing is gathered here."""
