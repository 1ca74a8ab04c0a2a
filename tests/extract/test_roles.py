import pytest
from tests.extract.marked import marked

from colligate.extract.roles import role_holders

_TORVAN, _COLUMN = "[Orel Torvan](person)", "[Velk Column](organisation)"


@pytest.mark.parametrize(
    "say",
    [
        f"{_TORVAN}, the leader of the {_COLUMN}, fled.",
        f"The leader of the {_COLUMN}, {_TORVAN}, fled.",
        f"The {_COLUMN}'s leader, {_TORVAN}, fled.",
        f"{_COLUMN} leader {_TORVAN} fled.",
        f"{_TORVAN}, {_COLUMN}'s first leader, fled.",
    ],
)
def test_who_holds_a_role_is_read_off(say: str) -> None:
    reading = marked(say)
    name = {cluster.name: cluster.index for cluster in reading.clusters}
    holders = role_holders(reading, frozenset({"leader"}))
    assert {key: [person for _, person in found] for key, found in holders.items()} == {
        (name["Velk Column"], "leader"): [name["Orel Torvan"]]
    }


def test_a_name_near_a_role_does_not_hold_it() -> None:
    reading = marked(f"{_TORVAN} killed the leader of the {_COLUMN}.")
    assert role_holders(reading, frozenset({"leader"})) == {}
