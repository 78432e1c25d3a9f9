"""The quarterly loyalty report as pages: sections without markup in, made by many; one report page a quarter out."""
