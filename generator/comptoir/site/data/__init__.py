"""Files for programs: the catalogue as JSON, linked data of services, dates of meetings."""
