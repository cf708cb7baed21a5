"""Looking for things on the map: by words, inside a shape, nearby; and the views that people keep of it."""
