"""The verbs: read, evaluate. Only here rooms are wired together."""
