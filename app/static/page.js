// Small comforts of every page; each works without this file, with one more click.
(function () {
  // A link that is shown once: copy it.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.querySelector("[data-copied]").textContent = "Copied";
    } catch {
      button.querySelector("[data-copied]").textContent = "Press Ctrl+C";
    }
  });
  // What is wrong is said by the server, in our words and at the field; so browsers do not ask first.
  for (const form of document.forms) form.noValidate = true;
  document.querySelector("[aria-invalid]")?.focus();
  // A form that is refused by htmx still shows its page: 4xx answers are swapped like others.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422, 429].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  // A part that arrives takes the focus; the page scrolls to it only where it is out of sight.
  document.addEventListener("htmx:afterSettle", (event) => {
    const title = event.detail.elt.querySelector("[data-arrives]");
    if (!title) return;
    title.focus({ preventScroll: true });
    const box = title.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) title.scrollIntoView();
  });
  // Whoever signs out leaves no page of theirs open: scorecards in other tabs close themselves.
  document.querySelector("[data-sign-out]")?.addEventListener("submit", () => {
    new BroadcastChannel("evenhand").postMessage("signed out");
  });
  // Larger text, remembered by this device: eyes and screens differ, and no account needs to know.
  const larger = document.querySelector("[data-larger]");
  larger?.setAttribute("aria-pressed", document.documentElement.dataset.text === "larger");
  larger?.addEventListener("click", () => {
    const text = document.documentElement.dataset.text === "larger" ? "" : "larger";
    document.documentElement.dataset.text = text;
    larger.setAttribute("aria-pressed", text === "larger");
    localStorage.setItem("text", text);
  });
  // A second click on a sent form would only send it again.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.dataset.sent === "yes") {
      if (event.target.dataset.sent === "yes") event.preventDefault();
      return;
    }
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));
})();
