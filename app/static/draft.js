// Says where the texts of a draft are while htmx saves them, and sends them again when that failed. Without this
// file everything works with one more click.
(function () {
  const form = document.querySelector("[data-draft]");
  if (!form?.hasAttribute("hx-post")) return;
  const LONGEST_WAIT = 30000;
  let unsaved = false, busy = false, pressed = null, leaving = false, wait = 0;

  function say(words, icon, control = null) {
    const status = document.getElementById("saved");
    status.classList.toggle("is-note", icon === "note");
    for (const one of status.querySelectorAll("[data-icon]")) one.hidden = one.dataset.icon !== icon;
    status.querySelector("[data-words]")?.replaceChildren(control || words);
  }

  function askToSignIn() {
    const link = document.createElement("a");
    link.href = form.dataset.draft;
    link.target = "_blank";
    link.textContent = "Signed out, kept on this page only: sign in";
    say("", "note", link);
  }

  function again() {
    wait = Math.min(LONGEST_WAIT, wait * 2 || 1000);
    setTimeout(() => { if (unsaved) form.dispatchEvent(new Event("again")); }, wait);
  }

  form.addEventListener("input", () => { unsaved = true; if (!wait) say("Saving", "saving"); });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== form) return;
    if (leaving) return event.preventDefault();
    busy = true;
    unsaved = false;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    const status = event.detail.xhr.status;
    busy = false;
    if (event.detail.successful) wait = 0;
    else unsaved = true;
    if (event.detail.successful && unsaved) say("Saving", "saving");  // More was typed meanwhile.
    else if (status === 401) { askToSignIn(); again(); }
    else if ([403, 404].includes(status)) say("Not saved: this draft is not open any more", "note");
    else if (status !== 409 && !event.detail.successful) {
      say(`${status ? "The server has trouble" : "Offline"}: kept on this page only`, "note");
      again();
    }
    if (pressed) form.requestSubmit(pressed);
  });
  // A button that is pressed while something is on its way waits for the answer, which has the draft's new version.
  form.addEventListener("submit", (event) => {
    if (busy) {
      event.preventDefault();
      pressed = event.submitter;
    } else leaving = true;
  });
  addEventListener("online", () => { wait = 0; again(); });
  addEventListener("pageshow", () => { leaving = false; pressed = null; });
  addEventListener("beforeunload", (event) => { if (!leaving && (unsaved || busy)) event.preventDefault(); });
})();
