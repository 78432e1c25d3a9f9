"""Every chart of the site: a catalogue and its results in; the specs of the charts of indicators and of reports out."""

from __future__ import annotations

from comptoir.charts import Spec
from comptoir.model.catalogue import Catalogue
from comptoir.render.chart_specs import chart_specs
from comptoir.render.report.charts import report_specs
from comptoir.render.results import Results


def site_specs(catalogue: Catalogue, results: Results) -> dict[str, Spec]:
    """The charts of pages of indicators, then those of reports, by name."""
    return {**chart_specs(catalogue, results), **report_specs(catalogue, results)}
