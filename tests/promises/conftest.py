"""What these tests share with those of pages: where the browser is."""

from tests.browser.conftest import browser_type_launch_args

__all__ = ["browser_type_launch_args"]
