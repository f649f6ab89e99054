// Stages are put into another place by dragging them, too; "Earlier" and "Later" do the same without this file.
(function () {
  const list = document.querySelector("[data-arrange]");
  const status = document.querySelector("[data-arranged]");
  const told = "evenhand-arranged";
  if (!list) return;
  const rows = () => [...list.children];

  // What was moved is said once the page is here again.
  const said = sessionStorage.getItem(told);
  sessionStorage.removeItem(told);
  if (said) setTimeout(() => { status.textContent = said; }, 200);
  const tell = (row, place) =>
    sessionStorage.setItem(told, `${row.dataset.name} is in place ${place} of ${rows().length} now.`);
  list.addEventListener("submit", (event) => {
    const row = event.target.closest("[data-name]");
    const step = { earlier: -1, later: 1 }[event.submitter?.value];
    if (step) tell(row, rows().indexOf(row) + 1 + step);
  });

  let dragged = null;
  let first = 0;
  for (const row of rows()) {
    const grip = row.querySelector(".eh-grip");
    grip.hidden = false;
    grip.draggable = true;
    grip.addEventListener("dragstart", (event) => {
      dragged = row;
      first = rows().indexOf(row);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.name);
      event.dataTransfer.setDragImage(row, 16, 16);
      row.classList.add("is-dragged");
    });
    grip.addEventListener("dragend", () => {
      row.classList.remove("is-dragged");
      if (dragged) list.insertBefore(row, rows().filter((one) => one !== row)[first] ?? null);
      dragged = null;
    });
  }
  list.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest("[data-arrange] > li");
    if (!dragged) return;
    event.preventDefault();
    if (!over || over === dragged) return;
    const box = over.getBoundingClientRect();
    list.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const row = dragged;
    const place = rows().indexOf(row) + 1;
    dragged = null;
    if (place === first + 1) return;
    tell(row, place);
    const button = row.querySelector("[data-place]");
    button.form.elements.place.value = place;
    button.form.requestSubmit(button);
  });
})();
