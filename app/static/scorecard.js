// The parts of a scorecard that move: what it says about itself, notes, and keys. Saving is in saving.js.
(function () {
  const form = document.getElementById("card");
  if (!form) return;

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

  form.addEventListener("change", showLevels);
  form.addEventListener("eh:placed", showLevels);
  form.addEventListener("eh:saved", ({ detail: answer }) => {
    document.querySelector("[data-levels]").textContent = answer.levels;
    for (const criterion of criteria) {
      const code = criterion.dataset.criterion, missing = criterion.querySelector("[data-missing]");
      missing.textContent = answer.missing[code];
      missing.hidden = !answer.missing[code] || !form.elements[`level-${code}`].value;
    }
  });

  // Notes -------------------------------------------------------------------------------------------------------

  const composer = document.querySelector("[data-composer]");

  // The note that was being written moves down, and another takes its place.
  function pushNote() {
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
    next.querySelector("[name=then]").value = `remove-${number}`;
    next.querySelector("[name=then] span").textContent = ` note ${number}`;
    const text = next.querySelector("textarea");
    text.value = text.defaultValue = "";
    for (const tick of next.querySelectorAll("input")) tick.checked = tick.defaultChecked = false;
    const list = document.querySelector("[data-notes]");
    list.prepend(written);
    composer.replaceChildren(next);
    document.querySelector("[data-note-count]").textContent = list.querySelectorAll("li").length;
    return text;
  }

  // A text that comes back from the journal finds its note, though the page was made without it.
  form.addEventListener("eh:wanted", ({ detail: name }) => {
    const [, number] = name.match(/^(?:note|ties|tags)-(\d+)$/) || [];
    while (number && Number(composer.firstElementChild.dataset.note) < Number(number)) pushNote();
  });

  document.querySelector("[data-add-note]").addEventListener("click", (event) => {
    event.preventDefault();
    const text = composer.querySelector("textarea");
    if (!text.value.trim()) return text.focus();
    pushNote().focus();
    form.dispatchEvent(new Event("change"));
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
