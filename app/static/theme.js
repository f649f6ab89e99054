// Before the page is painted: "as the device" becomes light or dark, and text is as large as was chosen here.
(function () {
  const root = document.documentElement;
  try {
    root.dataset.text = localStorage.getItem("text") || "";
  } catch {
    // A browser that keeps nothing shows text as it comes.
  }
  if (root.dataset.theme !== "device") return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  apply();
  dark.addEventListener("change", apply);
})();
