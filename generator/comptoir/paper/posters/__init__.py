"""What hangs and folds: the poster of the offer, the poster of the catalogue's cover, the leaflet."""
