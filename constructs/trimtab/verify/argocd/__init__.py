"""Argo CD's own objects and its annotations on all others: what it refuses, and what it ignores without a word."""
