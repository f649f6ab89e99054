"""One person's browser, and what they do with the page in front of them."""

import re

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

# A refusal is an answer, and a network that is not there is nothing the page could mend.
NOT_ITS_FAULT = re.compile(
    r"Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_)"
)


class Desk:
    """A page, and the verbs of whoever sits before it; things are found by the words that people read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []  # what a browser says of a broken page, such as a blocked script
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not NOT_ITS_FAULT.match(message.text):
            self.complaints.append(message.text)

    def open(self, path: str) -> Response | None:
        return self.page.goto(path)

    def press(self, name: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).click()

    def press_unasked(self, name: str) -> None:
        """Send a form as a browser does that does not ask for required fields by itself."""
        button = self.page.get_by_role("button", name=name, exact=True)
        button.evaluate("button => { button.form.noValidate = true }")
        button.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def type(self, label: str, text: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(option)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).check()

    def pick(self, name: str) -> None:
        self.page.get_by_role("radio", name=name, exact=True).check()

    def reads(self, *sentences: str) -> None:
        """All of this stands on the page."""
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence)

    def reads_nothing_of(self, *words: str) -> None:
        """None of this is anywhere in the page, shown or not."""
        text = self.page.content()
        assert [word for word in words if word in text] == []

    def at(self, heading: str) -> None:
        """This page is in front of them."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
