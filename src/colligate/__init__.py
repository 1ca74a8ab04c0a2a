"""Colligate reads reports on armed groups and binds what they say into one sourced, dated network."""

__version__ = "0.1.0"
