"""The few forms of PromQL that most panels are written in."""

from __future__ import annotations

WINDOW = "$__rate_interval"
"""Grafana's own: four times the scrape interval, or what the page's width needs (grafana.com, Prometheus template
variables)."""


def per_second(metric: str, *by: str) -> str:
    """Give a counter's growth a second, summed by labels."""
    return f"{_sum(by)} (rate({metric}[{WINDOW}]))"


def grown(metric: str, *by: str, window: str = WINDOW) -> str:
    """Give a counter's growth in a window, summed by labels."""
    return f"{_sum(by)} (increase({metric}[{window}]))"


def at_most(share: float, bucket: str, *by: str, window: str = WINDOW) -> str:
    """Give what a share of all, 0 to 1, took at most, of a histogram's buckets, by labels."""
    return f"histogram_quantile({share}, {_sum(('le', *by))} (rate({bucket}[{window}])))"


def or_none(expression: str) -> str:
    """Give 0 where nothing is counted: PromQL counts nothing as no answer at all."""
    return f"{expression} or vector(0)"


def _sum(by: tuple[str, ...]) -> str:
    return f"sum by ({', '.join(by)})" if by else "sum"
