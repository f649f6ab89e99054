"""Start the browser that the machine has, or the one the test packages carry."""

import pytest

from tests.infrastructure import chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """pytest-playwright's own arguments (headed, slow motion) and where our browser is."""
    return {**browser_type_launch_args, **chromium.launch_args()}
