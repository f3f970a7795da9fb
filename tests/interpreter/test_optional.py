"""Packages that nobody knows, where the code goes on without them."""

import pytest

from bisect_ml.interpreter import Unknown
from tests.interpreter.programs import interpreted


@pytest.mark.parametrize(
    ("name", "handler", "is_unknown"),
    [
        ("somewhere", "except ImportError:\n    made = 3\n", False),
        ("somewhere.fast", "except (ImportError, AttributeError):\n    made = 3\n", False),
        (
            "somewhere",
            "except ModuleNotFoundError as error:\n    raise ImportError('install it') from error\n",
            True,
        ),
        ("somewhere", "except ValueError:\n    made = 3\n", True),
        ("numpy", "except ImportError:\n    made = 3\n", True),
        ("pickle", "except ImportError:\n    made = 3\n", True),
        ("urllib2", "except ImportError:\n    made = 3\n", False),
    ],
)
def test_code_goes_on_without_a_package_that_it_can_do_without(
    name: str, handler: str, is_unknown: bool
) -> None:
    found = interpreted(f"try:\n    from {name} import made\n{handler}result = made\n")
    assert isinstance(found, Unknown) if is_unknown else found == 3
