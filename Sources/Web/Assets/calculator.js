// The growth calculator: reads the form, asks the clinical core, shows its answer.
// It stores and sends nothing.

import { loadCore } from "./core.js";

const form = document.getElementById("calculator");
const status = document.getElementById("calculator-status");
const error = document.getElementById("calculator-error");
const result = document.getElementById("calculator-result");
const badges = document.getElementById("calculator-badges");
const badgeTemplate = document.getElementById("calculator-badge");

const words = new Map(
  [...document.querySelectorAll("#calculator-words li")].map((item) => [
    item.dataset.code, item.textContent,
  ]));
const word = (code) => words.get(code) ?? code;
const language = document.documentElement.lang;
const format = (value, digits) =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

// How serious a category is; the words come from the catalogue.
const tones = {
  good: ["weight_normal", "height_normal", "nutrition_normal", "head_normal", "muac_normal"],
  fair: ["weight_risk_over", "tall", "nutrition_risk_over"],
  poor: ["underweight", "stunted", "wasted", "overweight", "muac_moderate", "microcephaly",
    "macrocephaly"],
  bad: ["severely_underweight", "severely_stunted", "severely_wasted", "obese", "muac_severe",
    "oedema"],
};
const toneOf = (category) =>
  Object.keys(tones).find((tone) => tones[tone].includes(category)) ?? "none";

/** A number as people here write it, with comma or point; null if empty, NaN if unreadable. */
function readNumber(text) {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^\d+([.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(",", ".")) : NaN;
}

/** The form as the core wants it, or the code of what is wrong with it. */
function readForm() {
  const data = new FormData(form);
  const birthDate = data.get("birth_date");
  const visitDate = data.get("visit_date");
  const sex = data.get("sex");
  if (!sex || !birthDate || !visitDate) return { problem: "ui.need_dates" };
  if (visitDate < birthDate) return { problem: "ui.bad_date" };
  const [weightKg, lengthCm, headCm, muacCm] =
    ["weight", "length", "head", "muac"].map((name) => readNumber(data.get(name)));
  const numbers = [weightKg, lengthCm, headCm, muacCm];
  if (numbers.some(Number.isNaN)) return { problem: "ui.bad_number" };
  const oedema = data.get("oedema") === "yes";
  if (numbers.every((number) => number === null) && !oedema) {
    return { problem: "ui.need_something" };
  }
  const position = data.get("position") || null;
  return {
    measurement: {
      sex, birthDate, visitDate, ageDays: null, weightKg, lengthCm, position, headCm, muacCm, oedema,
    },
  };
}

function addBadge(index, category, value, flagged) {
  const badge = badgeTemplate.content.cloneNode(true).firstElementChild;
  badge.classList.add(`tone-${flagged ? "none" : toneOf(category)}`);
  badge.querySelector(".badge-index").textContent = word(`index.${index}`);
  // An index with a z-score but without official categories (MUAC-for-age) shows its z alone.
  const hasCategory = flagged || category !== "none";
  badge.querySelector(".badge-category").textContent =
    hasCategory ? word(flagged ? "ui.flagged" : category) : "";
  badge.querySelector(".badge-value").textContent = value;
  badges.append(badge);
}

function addIndex(index, answer) {
  if (!answer) return;
  if (answer.z === null) {
    if (answer.category !== "none") addBadge(index, answer.category, "", false);
    return;
  }
  const sign = answer.z > 0 ? "+" : answer.z < 0 ? "−" : "";
  const text = `${sign}${format(Math.abs(answer.z), 2)} SD`;
  addBadge(index, answer.category, text, answer.flagged);
}

function show(assessment, measurement) {
  badges.replaceChildren();
  const lying = assessment.lying;
  addIndex("zwei", assessment.zwei);
  addIndex(lying ? "zlen" : "zhei", assessment.zlen);
  addIndex(lying ? "zwfl" : "zwfh", assessment.zwfl);
  addIndex("zbmi", assessment.zbmi);
  addIndex("zhc", assessment.zhc);
  if (measurement.muacCm !== null && assessment.muac.category !== "none") {
    addBadge("muac", assessment.muac.category, `${format(measurement.muacCm, 1)} cm`, false);
  }
  addIndex("zac", assessment.zac);
  const parts = [
    `${word("ui.age_result")}: ${assessment.ageMonths} ${word("ui.months")} `
      + `(${assessment.ageDays} ${word("ui.days")})`,
  ];
  if (assessment.usedLengthCm !== null) {
    parts.push(
      `${word("ui.used_length")}: ${format(assessment.usedLengthCm, 1)} cm, `
        + word(`correction.${assessment.correction}`));
  }
  document.getElementById("calculator-age").textContent = parts.join(" · ");
  result.hidden = false;
}

function complain(code) {
  error.textContent = code === null ? "" : word(code);
  error.hidden = code === null;
}

async function start() {
  status.textContent = status.dataset.loading;
  const core = await loadCore(form.dataset.wasm);
  core.useSettings(Uint8Array.from(atob(form.dataset.settings), (letter) => letter.charCodeAt(0)));
  status.textContent = status.dataset.ready;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { problem, measurement } = readForm();
    complain(problem ?? null);
    if (problem) {
      result.hidden = true;
      return;
    }
    const assessment = core.assess(measurement);
    if (assessment.ageMonths >= 60) {
      complain("ui.too_old");
      result.hidden = true;
      return;
    }
    show(assessment, measurement);
  });
  form.addEventListener("reset", () => {
    complain(null);
    result.hidden = true;
  });
}

// Until the core is there, or if it never comes, a submit must not reload the page.
form.addEventListener("submit", (event) => event.preventDefault());
start().catch((reason) => {
  console.error(reason);
  status.textContent = status.dataset.failed;
  status.classList.add("failed");
});
