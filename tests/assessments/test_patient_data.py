import pytest

from assessments.patient_data import patient_data_signs, signs_in


@pytest.mark.parametrize(
    "text",
    ["123-45-6789", "her number is 123 45 6789.", "SSN: 123456789", "social security number 123456789"],
)
def test_social_security_number_is_noticed(text):
    assert "social_security_number" in patient_data_signs(text)


@pytest.mark.parametrize(
    "text", ["000-12-3456", "666-12-3456", "912-34-5678", "123-00-6789", "123-45-0000", "1123-45-67890", "123-45 6789"]
)
def test_what_can_be_no_social_security_number_is_not_noticed(text):
    assert "social_security_number" not in patient_data_signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "MRN 4711234",
        "mrn: A-00123",
        "Medical record number #00012345",
        "patient id 88123",
        "chart no. 5512",
        "see 00123456 for this",
        "1234567890",
    ],
)
def test_record_number_is_noticed(text):
    assert "record_number" in patient_data_signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "about 610 a year",
        "call 312-555-0142",
        "(312) 555-0142",
        "CLIA 14D0123456",
        "1,234,567 tests",
        "budget 1200000.50",
        "the MRN is printed on the kit",
        "ticket INC-1234567",
        "12345678901",
    ],
)
def test_what_is_no_record_number_is_not_noticed(text):
    assert "record_number" not in patient_data_signs(text)


@pytest.mark.parametrize(
    "text",
    ["DOB 3/4/61", "born on 4 March 1961", "date of birth: 1961-03-04", "birthday March 4, 2015", "the lady of 03/04/1961", "1999-12-31"],
)
def test_birth_date_is_noticed(text):
    assert "birth_date" in patient_data_signs(text)


@pytest.mark.parametrize("text", ["go-live on 03/01/2027", "since 2003", "contract of 2026-12-07", "reborn project", "in 2010-01-01"])
def test_date_of_a_project_is_not_noticed(text):
    assert "birth_date" not in patient_data_signs(text)


@pytest.mark.parametrize("text", ["", "We have no list.", "Zwölf Proben täglich, 様本は毎日", "9" * 5000])
def test_innocent_text_has_no_signs(text):
    assert patient_data_signs(text) == ()


def test_signs_in_several_texts_are_named_once_in_order():
    assert signs_in(["DOB 3/4/61", None, "", "123-45-6789", "987-65-4321 123-45-6789"]) == ("social_security_number", "birth_date")
