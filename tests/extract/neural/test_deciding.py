"""What the model chooses is still asked whether it can be: a date that ends something else is not taken."""

import pytest

from colligate.extract.neural.deciding import ends_another
from colligate.extract.pipeline import default_pipeline
from colligate.model import Document


@pytest.mark.parametrize(
    ("text", "end", "said"),
    [
        ("Orm led the Dune Guard until 2009, when Tal took over.", "Tal", True),
        ("Orm led the Dune Guard until 2009, when Tal took over.", "Dune Guard", False),
        ("Orm has led the Dune Guard since 2009, and Tal followed.", "Tal", False),
        ("In 2009 Tal met Orm.", "Orm", False),
        ("From 2004 to 2009 Tal led the Dune Guard.", "Dune Guard", False),
    ],
)
def test_an_end_is_the_end_of_what_stands_before_it(text: str, end: str, said: bool) -> None:
    reading = default_pipeline().extract(Document("sha256:0", text, len(text), "text/plain", "test"))
    (when,) = reading.dates
    assert ends_another(when, text.index(end)) is said
