"""Somebody who types into a scorecard, and the log of the keys: what the server must have in the end.

The log knows nothing of the page. What the page says is watched from outside, too: "Saved" is a lie unless
the server has acknowledged, by its digest, the very text that stands in each field.
"""

import random
from itertools import zip_longest

from playwright.sync_api import Page, expect

from app.scoring.models import Scorecard
from tests.browser.cards import texts

WATCH = """(() => {
  const acknowledged = new Map(), send = window.fetch;
  window.lies = [];
  const digest = async (text) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  window.fetch = async (...given) => {
    const response = await send(...given);
    if (!response.ok || !String(given[0]).endsWith("/revisions")) return response;
    const sent = given[1].body, bodies = sent.getAll("body");
    const texts = new Map(sent.getAll("sequence").map((number, place) => [Number(number), bodies[place]]));
    for (const { sequence, field, digest: found } of (await response.clone().json()).saved) {
      if (found === await digest(texts.get(sequence))) acknowledged.set(field, texts.get(sequence));
    }
    return response;
  };
  const look = () => {
    const said = document.querySelector("[data-status]")?.textContent.trim() || "";
    if (!said.startsWith("Saved")) return;
    for (const field of document.querySelectorAll("#card textarea[name]")) {
      const known = acknowledged.get(field.name) ?? field.defaultValue;
      if (field.value !== known) window.lies.push([said, field.name]);
    }
  };
  addEventListener("input", look);
  addEventListener("DOMContentLoaded", () => {
    const status = document.querySelector("[data-status]");
    const all = { childList: true, subtree: true, characterData: true };
    if (status) new MutationObserver(look).observe(status, all);
  });
})()"""
WORDS = (
    "cool", "water", "skin", "“I", "call”", "lead", "read-back", "Größe", "3:02", "—", "pack,", "ten",
    "minutes;", "nobody", "felt", "it;", "note", "ties", "é", "🙂",
)  # fmt: skip
LONGEST_NOTE = 1_200


class Typist:
    """Types words, takes some back, and goes on to the next note; keeps what each field must hold."""

    def __init__(self, page: Page, seed: int) -> None:
        self.page, self.log = page, {"note-1": ""}
        self.keys = 0
        self._random = random.Random(seed)

    @property
    def note(self) -> str:
        return list(self.log)[-1]

    def type(self, characters: int) -> None:
        """Type at least so many characters, mistakes included."""
        until = self.keys + characters
        while self.keys < until:
            if len(self.log[self.note]) > LONGEST_NOTE:
                self._next_note()
            self._word()

    def _word(self) -> None:
        field = self.page.locator(f"#{self.note}")
        field.focus()
        word = " ".join(self._random.choices(WORDS, k=self._random.randint(1, 12))) + self._random.choice(
            " \n "
        )
        self.page.keyboard.type(word)
        self.keys += len(word)
        self.log[self.note] += word
        if self._random.random() < 0.2:
            self.page.keyboard.press("Backspace")
            self.keys += 1
            self.log[self.note] = self.log[self.note][:-1]

    def _next_note(self) -> None:
        number = int(self.note.removeprefix("note-")) + 1
        self.page.get_by_role("button", name="Add note").click()
        self.log[f"note-{number}"] = ""

    def lost(self, card: Scorecard) -> int:
        """How many characters the server has not as they were typed, or has though nobody typed them."""
        kept = texts(card)
        pairs = [(typed, kept.get(name, "")) for name, typed in self.log.items()]
        return sum(one != other for typed, there in pairs for one, other in zip_longest(typed, there))


def lies(page: Page) -> list[list[str]]:
    """Each time that "Saved" stood there without an acknowledgement of what was typed."""
    found: list[list[str]] = page.evaluate("window.lies")
    return found


def wait_until_all_is_saved(page: Page, *, seconds: int = 40) -> None:
    expect(page.locator("[data-status]")).to_contain_text("Saved", timeout=seconds * 1000)
