// Before the page is painted: "as the device" becomes light or dark.
(function () {
  const root = document.documentElement;
  if (root.dataset.theme !== "device") return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  apply();
  dark.addEventListener("change", apply);
})();
