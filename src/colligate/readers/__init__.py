"""Bytes -> Document, one file per format, each parsed in a child process with limits."""

from colligate.readers.guard import read, stop
from colligate.readers.limits import Limits
from colligate.readers.parse import READER, read_unguarded
from colligate.readers.sources import Source, sources

__all__ = ["READER", "Limits", "Source", "read", "read_unguarded", "sources", "stop"]
