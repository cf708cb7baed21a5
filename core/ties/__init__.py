"""What hangs on people in the relation graph beside other people: one file for each domain, each with one `Ties`."""
