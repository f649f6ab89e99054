"""What a task costs a person: every pointer and key command is counted, and every character typed."""

from playwright.sync_api import Locator, Page, expect

# The keystroke-level model: S. Card, T. Moran and A. Newell, "The keystroke-level model for user performance
# time with interactive systems", Communications of the ACM 23 (1980), pp. 396 to 410.
DECISION, POINT_AND_CLICK, KEY = 1.35, 1.1, 0.28


class Hands:
    """Somebody at a page who uses it as people do, one counted command at a time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.decisions = self.clicks = self.keys = self.typed = 0

    @property
    def commands(self) -> int:
        """Clicks and keys pressed, without the characters of texts."""
        return self.clicks + self.keys

    @property
    def seconds(self) -> float:
        """The estimate of the model: a decision before each act, then what the hands do."""
        return DECISION * self.decisions + POINT_AND_CLICK * self.clicks + KEY * (self.keys + self.typed)

    def click(self, what: Locator) -> None:
        self.decisions += 1
        self.clicks += 1
        what.click()

    def press(self, key: str) -> None:
        self.decisions += 1
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.decisions += 1
        self.typed += len(text)
        self.page.keyboard.type(text)

    def choose(self, select: Locator, option: str) -> None:
        """Open a list and click a choice: one decision, two clicks."""
        self.decisions += 1
        self.clicks += 2
        select.select_option(label=option)

    def tab_to(self, what: Locator, most: int = 400) -> None:
        """Go there by the tab key alone, as somebody without a pointer does."""
        expect(what.first).to_be_attached()
        for _ in range(most):
            if what.first.evaluate("one => one === document.activeElement"):
                return
            self.keys += 1
            self.page.keyboard.press("Tab")
        raise AssertionError("The tab key does not lead there.")

    def enter(self, what: Locator) -> None:
        self.tab_to(what)
        self.press("Enter")

    def pick(self, select: Locator, option: str) -> None:
        """Choose from a list by typing the beginning of the choice, as keyboards do."""
        self.tab_to(select)
        self.type(option)
        expect(select.locator("option:checked")).to_contain_text(option)
