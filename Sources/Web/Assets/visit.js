// The form of a visit while it is filled in: values are checked as soon as their field is left, and
// what would follow is asked of the server once somebody pauses. All figures and sentences come with
// the page; without this file the server says the same when the form is sent.

const form = document.querySelector("form[data-consequences]");

// As the server reads it: digits with one comma or point, perhaps after a plus.
const number = (text) => (/^\+?\d*[.,]?\d*$/.test(text) && /\d/.test(text) ? Number(text.replace(",", ".")) : NaN);
const decimals = (text) => (text.split(/[.,]/)[1] ?? "").replace(/0+$/, "").length;
const lies = (value, part) => value >= Number(part.dataset.from) && value <= Number(part.dataset.to);

// What is wrong with a field; empty where nothing is.
function problem(field) {
  const text = field.value.trim();
  const told = field.dataset;
  if (!text) return "";
  if (field.type === "date") {
    if (told.from && text < told.from) return told.tooEarly;
    return told.to && text > told.to ? told.tooLate : "";
  }
  const value = number(text);
  if (Number.isNaN(value) || decimals(text) > Number(told.decimals)) {
    return told.decimals === "0" ? form.dataset.notAWholeNumber : form.dataset.notANumber;
  }
  if (!lies(value, field)) return told.outOfRange.replace("{value}", text);
  const greater = told.below ? number(form.elements[told.below]?.value.trim() ?? "") : NaN;
  return value >= greater ? told.notBelow : "";
}

function mark(field, text) {
  let place = field.parentElement.querySelector(".wrong");
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (!text) return place?.remove();
  if (!place) {
    place = document.createElement("span");
    place.className = "wrong";
    place.setAttribute("role", "alert");
    field.after(place);
  }
  if (place.textContent !== text) place.textContent = text;
}

// Asks about a value that is possible and hardly believed.
function question(field, isWrong) {
  const place = field.closest(".measured")?.querySelector(".doubt");
  if (!place) return;
  const value = number(field.value.trim());
  let asked;
  for (const range of place.querySelectorAll("p")) {
    range.hidden = isWrong || asked || Number.isNaN(value) || lies(value, range);
    if (!range.hidden) asked = range;
  }
  place.hidden = !asked;
  if (!asked) place.querySelector("input").checked = false;
}

function check(field) {
  const text = problem(field);
  mark(field, text);
  question(field, text !== "");
}

const isChecked = (field) => field instanceof HTMLInputElement && "to" in field.dataset;

if (form) {
  form.addEventListener("focusout", (event) => {
    if (!isChecked(event.target)) return;
    check(event.target);
    // A greater value that was mended mends the lesser.
    const lesser = form.querySelector(`[data-below="${event.target.name}"]`);
    if (lesser?.value) check(lesser);
  });
  // While it is mended the mark goes at once; a new one waits until the field is left.
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (!isChecked(field)) return;
    if (field.getAttribute("aria-invalid") && !problem(field)) mark(field, "");
    const place = field.closest(".measured")?.querySelector(".doubt");
    if (place && !place.hidden) question(field, problem(field) !== "");
  });

  const region = form.querySelector("[data-shown]");
  let timer, running, sent, shown;

  function show(html) {
    if (html === shown) return;
    shown = html;
    const part = document.createElement("template");
    part.innerHTML = html;
    const more = part.content.querySelector("[data-more]");
    if (more) {
      // They stay where they are, with what is answered, and count as asked from now on.
      form.elements.asked.value = more.dataset.asked;
      // In the order of the form: what belongs to a complaint follows it.
      for (const section of [...more.children]) {
        const place = Number(section.dataset.place);
        const later = [...form.querySelectorAll("[data-place]")].find((other) => Number(other.dataset.place) > place);
        (later ?? form.querySelector("[data-opened]")).before(section);
      }
      more.remove();
    }
    region.replaceChildren(...(part.content.firstElementChild ? part.content.children : []));
  }

  // One request at a time, and the newest wins. Where none comes through, the page stays as it was
  // and the button shows the same.
  async function ask() {
    const body = new URLSearchParams(new FormData(form));
    if (body.toString() === sent) return;
    running?.abort();
    const mine = running = new AbortController();
    try {
      const answer = await fetch(form.dataset.consequences, { method: "POST", body, signal: mine.signal, redirect: "error" });
      if (!answer.ok) return;
      const html = await answer.text();
      if (running !== mine) return;
      sent = body.toString();
      show(html);
    } catch { /* no network, or a newer one has begun */ }
  }

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 600);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
  });
}
