"""The command line: parse, call a workflow, print."""


def main() -> None:
    """Entry point; the verbs arrive with their files."""
