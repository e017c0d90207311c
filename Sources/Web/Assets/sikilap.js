// Small conveniences. Every page works without this file.

document.documentElement.classList.add("js");

// Filters apply when a choice changes; without this file the button does it.
// A choice made with the arrow keys applies when the person leaves the field or presses Enter,
// so that moving through the options does not load a page for each.
for (const form of document.querySelectorAll("form[data-auto-submit]")) {
  let typed = false;
  form.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    if (event.key === "Enter") form.requestSubmit();
    else if (event.key !== "Tab") typed = true;
  });
  form.addEventListener("pointerdown", () => { typed = false; });
  form.addEventListener("change", () => { if (!typed) form.requestSubmit(); });
  form.addEventListener("focusout", (event) => {
    const select = event.target;
    if (!typed || !(select instanceof HTMLSelectElement)) return;
    typed = false;
    const before = [...select.options].findIndex((option) => option.defaultSelected);
    if (before !== select.selectedIndex) form.requestSubmit();
  });
}

// The language links stay on this page: they keep its other parameters.
for (const link of document.querySelectorAll(".lang-links a")) {
  const here = new URL(location.href);
  here.searchParams.set("lang", link.hreflang);
  link.href = here.pathname + here.search + here.hash;
}

// A one-time code behind # comes from the QR code, and has not been sent to any server.
for (const field of document.querySelectorAll("input[data-from-fragment]")) {
  if (location.hash.length > 1 && !field.value) field.value = decodeURIComponent(location.hash.slice(1));
}

// "None of the others": the questions of this part that were not answered show their "no" at once;
// without this file the server fills them in. What was answered by hand stays. Parts may come to the
// page later, so the document listens.
const filledBy = new WeakMap();
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !("answersRest" in box.dataset)) return;
  for (const no of filledBy.get(box) ?? []) no.checked = false;
  const filled = new Set();
  filledBy.set(box, filled);
  if (!box.checked) return;
  for (const group of box.closest("fieldset").querySelectorAll("[role=radiogroup]")) {
    const no = group.querySelector('input[value="0"]');
    if (!no || group.querySelector("input:checked")) continue;
    no.checked = true;
    filled.add(no);
  }
});
