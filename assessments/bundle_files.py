"""Read what the bundle commands are given: a file or standard input, of a bounded size."""

from assessments.bundle_fields import BundleError, shown

LARGEST = 64 * 1024 * 1024
BAD_INPUT = 2
STANDARD_INPUT = 0
LONGEST_NAME = 4096


def read_input(name: str) -> bytes:
    """Return the content of a file or of standard input ("-"); BundleError, with the file as path, when it has none."""
    try:
        with open(STANDARD_INPUT if name == "-" else name, "rb", closefd=name != "-") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BundleError(shown(name, LONGEST_NAME), f"cannot be read: {reason}") from None
    if len(content) > LARGEST:
        raise BundleError(shown(name, LONGEST_NAME), f"is larger than {LARGEST // 1024 // 1024} MB")
    return content
