from decimal import Decimal

import pytest

from assessments.forms.versioned import plain_number


@pytest.mark.parametrize(
    ("value", "expected"), [("90.00", "90"), ("34.50", "34.5"), ("100", "100"), ("1E+3", "1000"), ("0.00", "0"), ("-0.05", "-0.05")]
)
def test_plain_number_has_no_zeros_at_its_end(value, expected):
    assert plain_number(Decimal(value)) == expected
