"""Who holds which role where, as the text says it: "X leader Y", "Y, the leader of X"."""

from __future__ import annotations

from bisect import bisect_left

from colligate.extract.base import Reading

_FILL = frozenset(
    {
        "the",
        "a",
        "an",
        "late",
        "first",
        "then",
        "former",
        "current",
        "new",
        "its",
        "supreme",
        "overall",
        ",",
        "'s",
        "’s",
    }
)


def role_holders(reading: Reading, roles: frozenset[str]) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """(cluster of the body, role) -> (token from which it is known, cluster of the person), in order."""
    found: dict[tuple[int, str], list[tuple[int, int]]] = {}
    lower = reading.tokens.lower
    names = [n for n in reading.namings if n.form == "name" and n.cluster >= 0]
    by_first = {naming.first: naming for naming in names}
    by_last = {naming.last: naming for naming in names}
    firsts = sorted(by_first)
    for at, word in enumerate(lower):
        if word not in roles:
            continue
        body = person = -1
        after = at + 1
        if after < len(lower) and lower[after] == "of":  # "the leader of X, Y" and "Y, the leader of X"
            start = after + 1
            while start < len(lower) and lower[start] in {"the", "a"}:
                start += 1
            naming = by_first.get(start)
            if naming is not None:
                body = naming.cluster
                after = naming.last
        else:  # "X's leader Y", "X leader Y"
            back = at
            while back > 0 and lower[back - 1] in _FILL - {","}:
                back -= 1
            naming = by_last.get(back)
            if naming is not None and not naming.adjective:
                body = naming.cluster
        if body < 0 or reading.clusters[body].kind == "person":
            continue
        skip = after + (after < len(lower) and lower[after] in {",", "("})
        named = by_first.get(skip)
        if named is not None and reading.clusters[named.cluster].kind == "person":
            person = named.cluster
        else:  # "Y, the leader of X" / "Y, X's leader": the name right before the apposition
            begin = bisect_left(firsts, at)
            begun = naming.first if naming is not None and naming.first < at else at
            while begun > 0 and lower[begun - 1] in _FILL - {",", "'s", "’s"}:
                begun -= 1
            if begun > 0 and lower[begun - 1] in {",", "("} and begin:
                before = by_last.get(begun - 1)
                if before is not None and reading.clusters[before.cluster].kind == "person":
                    person = before.cluster
        if person >= 0:
            found.setdefault((body, word), []).append((at, person))
    return found
