"""The reading model: one pass of a small encoder over the text, heads on its output, rules beside it."""
