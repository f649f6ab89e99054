// Saves a form while it is filled in. Everything works without this file, with one more click: the form then
// sends all its fields at once.
//
// What makes it safe: what the server has not acknowledged is in the journal before it is on its way. One batch
// of changes is on its way at a time, and is sent again word for word, under the same numbers, until the server
// answers. "Saved" is said only of the very text the server has digested.
(function () {
  const form = document.querySelector("form[data-revisions]");
  if (!form) return;
  const OURS = ["csrf_token", "bases", "client", "then"];
  const PAUSE = 700, LONGEST_TYPING = 5000, LONGEST_WAIT = 30000, PATIENCE = 15000;
  const status = document.querySelector("[data-status]");
  const bases = new Map(form.elements.bases.value.split(" ").filter(Boolean).map((pair) => {
    const at = pair.lastIndexOf(":");
    return [pair.slice(0, at), Number(pair.slice(at + 1))];
  }));
  const elsewhere = new Map();  // Texts of fields that this page does not show.
  const kept = read((field) => field.defaultValue, (field) => field.defaultChecked);  // What the server has.
  const clashing = new Set(), refused = new Map();
  // A page that was refused shows what was typed, none of which the server has.
  if (form.dataset.refused) for (const [name, body] of kept) if (body || bases.has(name)) kept.set(name, "\0");
  if (self.crypto?.randomUUID) form.elements.client.value = crypto.randomUUID();  // Even if the page is a copy.
  let saved = status.textContent.trim(), trouble = "", isSignedOut = false, isClosed = false, isOver = false;
  let batch = null, sequence = 0, since = 0, timer = null, wait = 0, isSending = false, isOneByOne = false;
  let journal = null, found = null, isLooking = false, pressed = null;

  // The text of each field, as the server reads it: ticked values joined by a blank, "" when there are none.
  function read(text = (field) => field.value, chosen = (field) => field.checked) {
    const fields = new Map(elsewhere);
    for (const field of form.elements) {
      if (!field.name || OURS.includes(field.name)) continue;
      const before = fields.get(field.name) || "";
      const value = isTick(field) ? (chosen(field) ? field.value : "") : normal(text(field));
      fields.set(field.name, [before, value].filter(Boolean).join(" "));
    }
    return fields;
  }

  function isTick(field) {
    return field.type === "radio" || field.type === "checkbox";
  }

  function normal(text) {
    return text.replace(/\r\n?/g, "\n").replaceAll("\0", "");
  }

  function unsaved() {
    return [...read()].filter(([name, body]) => body !== (kept.get(name) || ""));
  }

  function count(changes) {
    return changes === 1 ? "1 change" : `${changes} changes`;
  }

  // Status: what is true now, from nothing but the state ------------------------------------------------------

  function tell() {
    const left = unsaved().length;
    const where = `${count(left)} kept on this ${journal?.holds(unacknowledged()) ? "device" : "page"}`;
    if (isClosed) say("Not saved: this scorecard is not open any more. Reload the page");
    else if (clashing.size) offer("compare", "Someone changed this elsewhere");
    else if (isSignedOut) offer("sign-in", `Signed out, ${where}: sign in`);
    else if (refusal()) say(refusal());
    else if (trouble) say(`${trouble}, ${where}`);
    else if (left || batch) say("Saving", "saving");
    else say(saved, saved.startsWith("Saved") ? "saved" : "");
  }

  // Why a text that still stands there was not taken; "" when every one was.
  function refusal() {
    const now = read();
    return [...refused].findLast(([name, one]) => now.get(name) === one.body)?.[1].sentence || "";
  }

  function say(words, icon = "note") {
    show(icon);
    const place = status.querySelector("[data-words]");
    if (place.textContent !== words || place.firstElementChild) place.textContent = words;
  }

  // The same button is kept while it says the same thing: somebody may be about to press it.
  function offer(what, words) {
    show("note");
    const place = status.querySelector("[data-words]");
    let button = place.querySelector(`[data-offer="${what}"]`);
    if (!button) {
      button = Object.assign(document.createElement("button"), { className: "btn eh-plain" });
      button.dataset.offer = what;
      if (what === "compare") button.setAttribute("form", form.id);
      else button.type = "button";
      place.replaceChildren(button);
    }
    if (button.textContent !== words) button.textContent = words;
  }

  function show(icon) {
    status.classList.toggle("is-note", icon === "note");
    for (const one of status.querySelectorAll("[data-icon]")) one.hidden = one.dataset.icon !== icon;
  }

  // Journal ---------------------------------------------------------------------------------------------------

  // What this page would lose if it ended now: each text, the revision it builds on, and what is on its way.
  function unacknowledged() {
    const sent = new Map((batch || []).map((change) => [change.field, change.body]));
    const left = [...read()]
      .filter(([name, body]) => body !== (kept.get(name) || "") || sent.has(name))
      .map(([name, body]) => [name, body, bases.get(name) || 0, sent.get(name) ?? null]);
    return left.length ? JSON.stringify(left) : "";
  }

  async function keep() {
    await journal?.write(unacknowledged());
  }

  // What a page that is gone had left is taken over when nothing else waits, and under the revisions that page
  // had seen: whatever was saved elsewhere meanwhile is then put beside it, never overwritten.
  async function recover() {
    if (!journal || isLooking) return;
    isLooking = true;
    found ||= await journal.next().catch(() => null);
    isLooking = false;
    if (!found || batch || clashing.size || unsaved().length) return;
    const { client, text } = found;
    found = null;
    for (const [name, body, base, sent] of JSON.parse(text)) {
      const here = kept.get(name) || "", at = bases.get(name) || 0;
      if (body === here) continue;
      place(name, body);
      if (sent !== here || at !== base + 1) bases.set(name, base);  // Else what was on its way did arrive.
    }
    writeBases();
    form.dispatchEvent(new CustomEvent("eh:placed"));
    tell();
    try {
      await journal.put(unacknowledged(), client);
    } catch {
      // Both entries stay: the texts are the same, so whichever is taken over next changes nothing.
    }
    if (unsaved().length) changed(0);
    else recover();
  }

  function place(name, body) {
    form.dispatchEvent(new CustomEvent("eh:wanted", { detail: name }));
    const fields = [...form.elements].filter((field) => field.name === name);
    if (!fields.length) elsewhere.set(name, body);
    const several = fields.length > 1 && fields[0].type === "checkbox";
    for (const field of fields) {
      if (isTick(field)) field.checked = several ? body.split(" ").includes(field.value) : body === field.value;
      else field.value = body;
    }
  }

  async function openJournal() {
    const { card: about, journal: key } = form.dataset;
    form.removeAttribute("data-journal");
    journal = await Journal.open({ about, client: form.elements.client.value, key });
    if (!journal) return;
    if (form.dataset.settled) await journal.remove(form.dataset.settled);
    await keep();
    await recover();
  }

  // Saving ----------------------------------------------------------------------------------------------------

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  function changed(pause) {
    since ||= Date.now();
    tell();
    keep().then(tell);
    later(Math.max(0, Math.min(pause, since + LONGEST_TYPING - Date.now())));
  }

  async function save() {
    clearTimeout(timer);
    if (isSending || isClosed || isOver) return;
    isSending = true;
    try {
      if (isSignedOut && !await isStillMine()) again();
      else await send();
    } finally {
      isSending = false;
    }
    tell();
    if (pressed) goOn();
  }

  function nextBatch() {
    const changes = unsaved().filter(([name, body]) => !clashing.has(name) && refused.get(name)?.body !== body);
    since = 0;
    if (!changes.length) return null;
    return changes.slice(0, isOneByOne ? 1 : undefined)
      .map(([field, body]) => ({ field, body, base: bases.get(field) || 0, sequence: ++sequence }));
  }

  async function send() {
    batch ||= nextBatch();
    if (!batch) return keep();
    tell();
    await keep();
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, client: form.elements.client.value });
    for (const change of batch) for (const name in change) body.append(name, change[name]);
    let response = null, answer = null;
    try {
      response = await ask(form.dataset.revisions, { method: "POST", body });
      if (response.headers.get("Content-Type")?.includes("json")) answer = await response.json();
      if (response.ok) return await settle(answer);
    } catch {
      response = null;  // Whether it arrived is not known, so the same batch goes again.
    }
    await fail(response, answer);
  }

  function ask(address, options) {
    return fetch(address, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options });
  }

  async function settle(answer) {
    const mine = new Map(batch.map((change) => [change.sequence, change]));
    for (const one of answer.saved) {
      if (one.digest !== await digest(mine.get(one.sequence).body, one.digest)) throw new Error("another text was kept");
      mine.get(one.sequence).base = one.base;
    }
    if (answer.saved.length < mine.size) throw new Error("not all of it was kept");
    for (const { field, body, base } of mine.values()) {
      kept.set(field, body);
      bases.set(field, base);
      refused.delete(field);
    }
    writeBases();
    batch = null;
    wait = 0;
    trouble = "";
    saved = `Saved ${answer.at}`;
    form.dispatchEvent(new CustomEvent("eh:saved", { detail: answer }));
    await keep();
    isOneByOne &&= !nothingMoreToSend();
    if (nothingMoreToSend()) recover();
    else later(isOneByOne ? 0 : PAUSE);
  }

  function nothingMoreToSend() {
    return unsaved().every(([name, body]) => clashing.has(name) || refused.get(name)?.body === body);
  }

  function writeBases() {
    form.elements.bases.value = [...bases].map(([name, base]) => `${name}:${base}`).join(" ");
  }

  // Browsers digest only over HTTPS and on this machine; elsewhere the number of the change has to be enough.
  async function digest(body, otherwise) {
    if (!crypto.subtle) return otherwise;
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function fail(response, answer) {
    if (response?.status === 409 && answer?.stale) {
      for (const name of answer.stale) clashing.add(name);
      batch = null;
      return later(0);
    }
    if ([413, 422].includes(response?.status)) return refuse(answer?.refused || "This text is too long to be saved");
    if (response?.status === 401) isSignedOut = true;
    else if (response && response.status < 500) await isStillMine(response.status);
    else trouble = response ? "The server has trouble" : navigator.onLine ? "No answer" : "Offline";
    again();
  }

  function again() {
    wait = Math.min(LONGEST_WAIT, wait * 2 || 1000);
    later(wait);
  }

  // One text that cannot be taken must not keep the others from being saved: they go one by one.
  function refuse(sentence) {
    if (batch.length === 1) refused.set(batch[0].field, { body: batch[0].body, sentence });
    isOneByOne = batch.length > 1 || !nothingMoreToSend();
    batch = null;
    if (!nothingMoreToSend()) later(0);
  }

  // Signing in again ------------------------------------------------------------------------------------------

  // Asks the server, without a word of what was typed, whether whoever is signed in now is the author; if so
  // the form gets a fresh token. If it is somebody else, nothing of the author's stays in front of them.
  async function isStillMine(refusal = 0) {
    try {
      const response = await ask(form.dataset.token, {});
      trouble = "";
      isSignedOut = response.type === "opaqueredirect" || response.status === 401;
      if (response.status === 404) leave(form.dataset.home);
      if (!response.ok) return false;
      form.elements.csrf_token.value = (await response.json()).token;
      isClosed = [403, 404, 409].includes(refusal);
      return !isClosed;
    } catch {
      trouble = navigator.onLine ? "No answer" : "Offline";
      return false;
    }
  }

  function leave(address) {
    isOver = true;
    clearTimeout(timer);
    document.title = "Evenhand";
    document.body.replaceChildren();
    location.replace(address);
  }

  const dialog = document.querySelector("[data-sign-in]");
  let lastField = null;

  async function askToSignIn() {
    const place = dialog.querySelector("[data-form]");
    place.replaceChildren();
    await htmx.ajax("GET", dialog.dataset.signIn, { target: place, swap: "innerHTML" }).catch(() => {});
    if (!place.firstElementChild) return;
    dialog.showModal();
    place.querySelector("input:not([type=hidden])")?.focus();
  }

  status.addEventListener("click", (event) => {
    if (event.target.dataset.offer === "sign-in") askToSignIn();
  });
  document.addEventListener("signed-in", async () => {
    dialog.querySelector("[data-form]").replaceChildren();
    dialog.close();
    wait = 0;
    isSignedOut = true;  // Until the server has said that it is the author who is back.
    await save();
    lastField?.focus();
  });
  form.addEventListener("focusin", (event) => { lastField = event.target; });
  // Signing out in another tab ends this page too: what was typed stays in the journal, for its author.
  new BroadcastChannel("evenhand").addEventListener("message", async () => {
    await keep();
    leave(form.dataset.back);
  });

  // Leaving ---------------------------------------------------------------------------------------------------

  // The page is sent when everything it holds is saved; else a save on its way would look like another tab's.
  form.addEventListener("submit", (event) => {
    if (clashing.size || refusal() || isClosed || !(isSending || unsaved().length)) {
      isOver = true;
      return;
    }
    event.preventDefault();
    pressed = event.submitter || form;
    save();
  });

  function goOn() {
    const isStuck = trouble || isSignedOut || isOver;
    if (!isStuck && !isClosed && !clashing.size && !refusal() && unsaved().length) return;  // The next save goes on.
    const button = pressed;
    pressed = null;
    if (!isStuck) form.requestSubmit(button === form ? undefined : button);
  }

  form.addEventListener("input", () => changed(PAUSE));
  form.addEventListener("change", () => changed(0));
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("pageshow", () => { isOver = false; });
  addEventListener("beforeunload", (event) => {
    if (!isOver && unsaved().length) event.preventDefault();
  });
  if (form.dataset.refused) changed(0);
  openJournal().then(tell);
})();
