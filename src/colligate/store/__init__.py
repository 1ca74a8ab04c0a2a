"""Keeps claims and judgements. ``base`` is the contract; one test suite runs over every backend."""
