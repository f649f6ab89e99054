// Saves a scorecard while it is filled in, and lets it be filled in by keyboard. Everything works without this
// file, with one more click: the form then sends all its fields at once.
//
// What makes it safe: one batch of changes is on its way at a time, and is sent again word for word, under the
// same numbers, until the server answers. "Saved" is said only of the very text the server has digested.
(function () {
  const form = document.getElementById("card");
  if (!form) return;
  const OURS = ["csrf_token", "bases", "client", "then"];
  const WAIT = 700, LONGEST_WAIT = 30000;
  const status = document.querySelector("[data-status]");
  const bases = new Map(form.elements.bases.value.split(" ").filter(Boolean).map((pair) => {
    const at = pair.lastIndexOf(":");
    return [pair.slice(0, at), Number(pair.slice(at + 1))];
  }));
  const kept = read((field) => field.defaultValue, (field) => field.defaultChecked);  // What the server has.
  const clashing = new Set();
  let batch = null, sequence = 0, timer = null, wait = 0, sending = false, leaving = false;

  // The text of each field, as the server reads it: ticked values joined by a blank, "" when there are none.
  function read(text = (field) => field.value, chosen = (field) => field.checked) {
    const fields = new Map();
    for (const field of form.elements) {
      if (!field.name || OURS.includes(field.name)) continue;
      const before = fields.get(field.name) || "";
      const ticks = field.type === "radio" || field.type === "checkbox";
      const value = ticks ? (chosen(field) ? field.value : "") : text(field).replace(/\r\n?/g, "\n");
      fields.set(field.name, [before, value].filter(Boolean).join(" "));
    }
    return fields;
  }

  function unsaved() {
    return [...read()].filter(([name, body]) => body !== (kept.get(name) || ""));
  }

  // Status ----------------------------------------------------------------------------------------------------

  function say(words, icon = "note", control = null) {
    status.classList.toggle("is-note", icon === "note");
    for (const one of status.querySelectorAll("[data-icon]")) one.hidden = one.dataset.icon !== icon;
    status.querySelector("[data-words]").replaceChildren(control || words);
  }

  function count(changes) {
    return changes === 1 ? "1 change" : `${changes} changes`;
  }

  function keeping(why) {
    say(`${why}, ${count(unsaved().length)} kept on this page`);
  }

  function askToCompare() {
    if (status.querySelector("button")) return;  // Somebody may be about to press it.
    const button = document.createElement("button");
    button.className = "btn eh-plain";
    button.setAttribute("form", form.id);
    button.textContent = "Someone changed this elsewhere";
    say("", "note", button);
  }

  function askToSignIn() {
    const link = document.createElement("a");
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.textContent = `Signed out, ${count(unsaved().length)} kept on this page: sign in`;
    say("", "note", link);
  }

  // Saving ----------------------------------------------------------------------------------------------------

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  function save() {
    clearTimeout(timer);
    if (!batch) {
      const changes = unsaved().filter(([name]) => !clashing.has(name));
      if (!changes.length) return;
      batch = changes.map(([field, body]) => ({ field, body, base: bases.get(field) || 0, sequence: ++sequence }));
    }
    send();
  }

  async function send() {
    if (sending) return;
    sending = true;
    if (!clashing.size) say("Saving", "saving");
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, client: form.elements.client.value });
    for (const change of batch) for (const name in change) body.append(name, change[name]);
    let response = null;
    try {
      response = await fetch(form.dataset.revisions, { method: "POST", body });
    } catch {
      // No answer: whether it arrived is not known, so the same batch goes again.
    }
    try {
      if (response?.ok) await settle(await response.json());
      else await fail(response);
    } catch {
      await fail(null);
    }
    sending = false;
  }

  async function settle(answer) {
    const mine = new Map(batch.map((change) => [change.sequence, change.body]));
    for (const saved of answer.saved) {
      if (saved.digest !== await digest(mine.get(saved.sequence), saved.digest)) throw new Error("another text was kept");
    }
    for (const saved of answer.saved) {
      kept.set(saved.field, mine.get(saved.sequence));
      bases.set(saved.field, saved.base);
    }
    form.elements.bases.value = [...bases].map(([name, base]) => `${name}:${base}`).join(" ");
    batch = null;
    wait = 0;
    show(answer);
    if (clashing.size) askToCompare();
    else if (unsaved().length) later(WAIT);
    else say(`Saved ${answer.at}`, "saved");
  }

  // Browsers digest only over HTTPS and on this machine; elsewhere the number of the change has to be enough.
  async function digest(body, otherwise) {
    if (!crypto.subtle) return otherwise;
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function fail(response) {
    if (response?.status === 409 && response.headers.get("Content-Type")?.includes("json")) {
      for (const name of (await response.json()).stale) clashing.add(name);
      batch = null;
      askToCompare();
      later(WAIT);
    } else if (response?.status === 422) {
      batch = null;
      say((await response.json()).refused);
    } else if (response && [403, 404, 409].includes(response.status)) {
      say("Not saved: this scorecard is not open to you any more");
    } else {
      wait = Math.min(LONGEST_WAIT, wait * 2 || 1000);
      if (response?.status === 401) askToSignIn();
      else keeping(response ? "The server has trouble" : "Offline");
      later(wait);
    }
  }

  function changed(milliseconds) {
    if (!wait && !clashing.size && unsaved().length) say("Saving", "saving");
    later(milliseconds);
  }

  form.addEventListener("input", () => changed(WAIT));
  form.addEventListener("change", () => { showLevels(); changed(0); });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && unsaved().length) event.preventDefault();
  });

  // What the page says about itself -----------------------------------------------------------------------------

  const criteria = [...document.querySelectorAll("[data-criterion]")];

  function showLevels() {
    for (const criterion of criteria) {
      const value = form.elements[`level-${criterion.dataset.criterion}`].value;
      const level = document.createElement("span");
      level.className = value === "no" ? "eh-lv lno" : `eh-lv l${value}`;
      level.textContent = value === "no" ? "not obs." : value;
      criterion.querySelector("[data-given]").replaceChildren(...(value ? [level] : []));
    }
  }

  function show(answer) {
    document.querySelector("[data-levels]").textContent = answer.levels;
    for (const criterion of criteria) {
      const code = criterion.dataset.criterion, missing = criterion.querySelector("[data-missing]");
      missing.textContent = answer.missing[code];
      missing.hidden = !answer.missing[code] || !form.elements[`level-${code}`].value;
    }
  }

  // Notes -------------------------------------------------------------------------------------------------------

  const composer = document.querySelector("[data-composer]");

  function addNote() {
    const written = composer.firstElementChild;
    const next = written.cloneNode(true), number = Number(written.dataset.note) + 1;
    next.dataset.note = number;
    for (const element of next.querySelectorAll("*")) {
      for (const name of ["id", "for", "name"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(/\d+$/, number));
      }
    }
    next.querySelector("label").textContent = `Note ${number}`;
    const text = next.querySelector("textarea");
    text.value = text.defaultValue = "";
    for (const tick of next.querySelectorAll("input")) tick.checked = tick.defaultChecked = false;
    const list = document.querySelector("[data-notes]");
    list.prepend(written);
    composer.replaceChildren(next);
    document.querySelector("[data-note-count]").textContent = list.querySelectorAll("li").length;
    text.focus();
    later(0);
  }

  document.querySelector("[data-add-note]").addEventListener("click", (event) => {
    event.preventDefault();
    const text = composer.querySelector("textarea");
    if (text.value.trim()) addNote();
    else text.focus();
  });

  // Keys --------------------------------------------------------------------------------------------------------

  const list = document.querySelector("[data-keys]");
  list.hidden = false;

  function goTo(criterion) {
    criterion.open = true;
    criterion.querySelector("summary").focus();
    criterion.scrollIntoView({ block: "nearest" });
  }

  function choose(criterion, key) {
    criterion.open = true;
    const level = criterion.querySelector(`input[name^="level-"][value="${key === "0" ? "no" : key}"]`);
    level.click();
    level.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.target.closest("[data-criterion]"), index = criteria.indexOf(here);
    if (event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) {
      if (event.key === "Escape") (here?.querySelector("summary") || criteria[0].querySelector("summary")).focus();
      return;
    }
    if (event.key === "n") composer.querySelector("textarea").focus();
    else if (event.key === "j") goTo(criteria[Math.min(index + 1, criteria.length - 1)]);
    else if (event.key === "k") goTo(criteria[Math.max(index - 1, 0)]);
    else if (here && /^[0-5]$/.test(event.key)) choose(here, event.key);
    else if (event.key === "?") { list.open = !list.open; list.scrollIntoView({ block: "nearest" }); }
    else return;
    event.preventDefault();
  });
})();
