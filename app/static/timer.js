// A quiet timer for the parts of an interview. It starts by hand, never hurries anybody with racing digits or a
// color, and puts the seconds used into the form, which saves them like everything else.
(function () {
  const timer = document.querySelector("[data-timer]");
  if (!timer) return;
  const form = document.getElementById("card");
  const parts = [...timer.querySelectorAll("input")], fills = [...timer.querySelectorAll("[data-fill]")];
  const name = timer.querySelector("[data-part]"), left = timer.querySelector("[data-left]");
  const button = timer.querySelector("[data-next]");
  const answer = parts.findIndex((part) => part.name === "seconds-answer");
  const timed = [...document.querySelectorAll("[data-at]")], due = timer.querySelector("[data-due]");
  const KEEP = 30000;
  let running = -1, since = 0, kept = 0;

  function used(number) {
    return Number(parts[number].value) + (number === running ? Math.floor((Date.now() - since) / 1000) : 0);
  }

  // Minutes while there are some; only what is over is counted in seconds, and these by tens.
  function words(seconds) {
    if (seconds >= 60) return `${Math.round(seconds / 60)} min left`;
    if (seconds >= 0) return "less than a minute left";
    const over = Math.floor(-seconds / 10) * 10;
    return `${Math.floor(over / 60)}:${String(over % 60).padStart(2, "0")} over`;
  }

  function show() {
    fills.forEach((fill, number) => {
      const share = Math.min(1, used(number) / Number(parts[number].dataset.seconds));
      fill.setAttribute("width", `${share * Number(fill.dataset.fill)}%`);
    });
    const last = parts.findLastIndex((part) => part.value !== "");
    const at = running < 0 ? Math.max(last, 0) : running, part = parts[at];
    name.textContent = part.dataset.name;
    left.textContent = words(Number(part.dataset.seconds) - used(at));
    const next = parts[running + 1];
    if (running < 0) button.textContent = last < 0 ? "Start the time" : `Go on: ${part.dataset.name.toLowerCase()}`;
    else button.textContent = next ? `Now: ${next.dataset.name.toLowerCase()}` : "Stop the time";
    tell();
  }

  // What is told at its minute of the answer is said here when that comes, until it is ticked.
  function tell() {
    const now = timed.filter((tick) => !tick.checked && running === answer && used(answer) >= Number(tick.dataset.at));
    for (const tick of timed) tick.closest("label").classList.toggle("is-now", now.includes(tick));
    const words = now.map((tick) => `Tell now: ${tick.nextElementSibling.firstChild.textContent.trim()}`).join(" ");
    if (due && due.textContent !== words) due.textContent = words;
  }

  function keep() {
    if (running < 0) return;
    parts[running].value = used(running);
    since = kept = Date.now();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  button.addEventListener("click", () => {
    const last = parts.findLastIndex((part) => part.value !== "");
    keep();
    if (running < 0) running = Math.max(last, 0);
    else running = running + 1 < parts.length ? running + 1 : -1;
    since = kept = Date.now();
    if (running >= 0) parts[running].value = used(running);
    show();
  });
  setInterval(() => {
    if (running < 0) return;
    if (Date.now() - kept >= KEEP) keep();
    show();
  }, 1000);
  form.addEventListener("change", tell);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("pagehide", keep);
  timer.hidden = false;
  show();
})();
