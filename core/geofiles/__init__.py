"""Files of shapes in and out: GeoJSON, Shapefile, KML and GeoPackage, as surveyors and departments send them."""
