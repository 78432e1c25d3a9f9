"""The model: located values in, frozen typed entities and their JSON Schemas out."""
