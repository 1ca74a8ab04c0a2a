"""A language model as an option: it proposes claims, and only what stands in the text is kept.

Off unless asked for. ``client`` is the only module of Colligate that opens a network connection.
"""
