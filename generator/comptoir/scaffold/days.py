"""Days that templates fill in, from the day on which they are used."""

from __future__ import annotations

from datetime import date, timedelta


def days_around(today: date) -> dict[str, str]:
    """Name in a template → day as 2026-10-31. A meeting never falls on a week-end."""
    month = today + timedelta(days=30)
    month += timedelta(days=max(0, 7 - month.weekday()) if month.weekday() > 4 else 0)
    days = {
        "today": today,
        "start_of_year": date(today.year, 1, 1),
        "in_a_month": month,
        "in_three_months": today + timedelta(days=91),
        "in_a_year": today + timedelta(days=365),
    }
    return {name: day.isoformat() for name, day in days.items()}
