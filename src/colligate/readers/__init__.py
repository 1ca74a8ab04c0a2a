"""Bytes -> Document, one file per format, each parsed in a child process with limits."""
