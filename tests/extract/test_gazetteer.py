from colligate.extract.actors import actor_entries
from colligate.extract.gazetteer import compass, place_entries


def by_surface() -> dict[str, list[tuple[str, str, bool]]]:
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for surface, entry in place_entries():
        found.setdefault(surface, []).append((entry.name, entry.kind, entry.adjective))
    return found


def test_countries_have_names_adjectives_and_people() -> None:
    places = by_surface()
    assert ("Pakistan", "place", False) in places["Pakistan"]
    assert ("Pakistan", "place", True) in places["Pakistani"]
    assert ("Pakistan", "community", False) in places["Pakistanis"]
    assert ("United States", "place", False) in places["U.S."]
    assert ("Myanmar", "place", False) in places["Burma"]
    assert ("Africa", "place", True) in places["African"]
    assert ("Tuareg", "community", False) in places["Tuaregs"]


def test_cities_that_are_common_words_need_context() -> None:
    sure = {surface: entry.sure for surface, entry in place_entries() if entry.kind == "place"}
    assert sure["Kabul"]
    assert not sure.get("Nice", False)
    assert not sure.get("Mobile", False)
    assert not sure.get("Reading", False)


def test_every_entry_has_a_name_and_a_kind() -> None:
    for surface, entry in [*place_entries(), *actor_entries()]:
        assert surface.strip() == surface
        assert entry.name
        assert entry.kind in {"place", "community", "organisation"}, surface


def test_governments_are_no_actors_and_acronyms_belong_to_general_bodies_first() -> None:
    actors = list(actor_entries())
    assert not [surface for surface, _ in actors if surface.startswith("Government of")]
    first: dict[str, str] = {}
    for surface, entry in actors:
        first.setdefault(surface, entry.name)
    assert first["UN"] == "United Nations"
    assert first["CIA"] == "Central Intelligence Agency"


def test_compass_words() -> None:
    assert {"northern", "south-eastern"} <= compass()
