"""What measurements mean, before anyone words it: measurements, observations and settings in; statements out.

Every rule of a report has its one home here. An analysis knows neither the language nor where it is shown.
"""
