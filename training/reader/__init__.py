"""Trains the reading model: data from its sources to weights, manifest and report."""
