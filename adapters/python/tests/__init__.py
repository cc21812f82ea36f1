"""Drives adapters as real processes over pipes, as greenspec does."""
