// What was typed on this device and came too late for its scorecard: it is shown to its author, who may add it as
// an amendment if it is a live one, and goes from the device once it stands on the page or is no longer wanted.
(async function () {
  const part = document.querySelector("[data-late]");
  if (!part) return;
  const { card: about, journal: key } = part.dataset;
  part.removeAttribute("data-journal");
  const journal = self.crypto?.subtle && await Journal.open({ about, client: crypto.randomUUID(), key });
  if (!journal) return;
  const TEXTS = /^(note|because|ground|quote|asked|retelling)\b/;
  const page = document.querySelector("main").textContent, left = [];
  for (let entry = await journal.next(); entry; entry = await journal.next()) {
    const late = JSON.parse(entry.text).map(([name, body]) => (TEXTS.test(name) ? body.trim() : ""));
    const texts = late.filter((text) => text && !page.includes(text));
    if (texts.length) left.push({ client: entry.client, texts });
    else await journal.remove(entry.client);
  }
  if (!left.length) return;
  const texts = left.flatMap((entry) => entry.texts);
  part.querySelector("ul").replaceChildren(...texts.map((text) => {
    return Object.assign(document.createElement("li"), { className: "eh-prose", textContent: text });
  }));
  part.hidden = false;
  part.querySelector("[data-add]")?.addEventListener("click", () => {
    const field = document.querySelector("#amendments textarea");
    field.value = [field.value.trim(), ...texts].filter(Boolean).join("\n\n");
    field.closest("details").open = true;
    field.focus();
  });
  part.querySelector("[data-forget]").addEventListener("click", async () => {
    for (const entry of left) await journal.remove(entry.client);
    part.hidden = true;
  });
})();
