"""Every chart of the site: a catalogue and its results in; the specs of the charts of indicators and of reports out."""

from __future__ import annotations

from comptoir.charts import Spec
from comptoir.content.chart_specs import chart_specs
from comptoir.content.report.charts import report_specs
from comptoir.content.results import Results
from comptoir.model.catalogue import Catalogue


def site_specs(catalogue: Catalogue, results: Results) -> dict[str, Spec]:
    """The charts of pages of indicators, then those of reports, by name."""
    return {**chart_specs(catalogue, results), **report_specs(catalogue, results)}
