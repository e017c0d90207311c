// The door to the clinical core: the rules of the server, compiled to WebAssembly.
//
// This is the only file that knows the binary interface. Pages call `loadCore` and `assess`.

/**
 * A measurement to judge. Whatever is missing is `null`.
 * @typedef {object} Measurement
 * @property {"male"|"female"} sex
 * @property {string|null} birthDate ISO date; give it with `visitDate`
 * @property {string|null} visitDate ISO date
 * @property {number|null} ageDays instead of the two dates
 * @property {number|null} weightKg
 * @property {number|null} lengthCm as measured, not corrected
 * @property {"lying"|"standing"|null} position null: not recorded, the core assumes by age
 * @property {number|null} headCm
 * @property {number|null} muacCm
 * @property {boolean} oedema
 */

/**
 * One index of the assessment.
 * @typedef {object} Index
 * @property {number|null} z null when it cannot be computed
 * @property {boolean} flagged implausible by WHO's limits
 * @property {string} category a key of `growth.categories` in the catalogues, or `"none"`
 */

/**
 * What the core says.
 * @typedef {object} Assessment
 * @property {number} ageDays
 * @property {number} ageMonths completed calendar months
 * @property {number|null} usedLengthCm after the 0.7 cm rule
 * @property {boolean} lying whether the length tables (true) or the height tables were used
 * @property {string} correction a key of `growth.corrections`
 * @property {number|null} bmi
 * @property {Index} zwei weight-for-age
 * @property {Index} zlen length- or height-for-age
 * @property {Index} zwfl weight-for-length or -height
 * @property {Index} zbmi BMI-for-age
 * @property {Index} zhc head circumference-for-age
 * @property {Index} zac MUAC-for-age
 * @property {{category: string}} muac the absolute MUAC thresholds
 */

/**
 * Loads the core. Rejects when the file cannot be had or does not fit this page.
 * @param {string} url
 * @returns {Promise<{assess: (measurement: Measurement) => Assessment}>}
 */
export async function loadCore(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`core: ${response.status}`);
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), {});
  return { assess: (measurement) => callCore(instance.exports, measurement) };
}

/**
 * Packs the measurement, calls the core, unpacks the assessment.
 * @param {WebAssembly.Exports} exports
 * @param {Measurement} measurement
 * @returns {Assessment}
 */
function callCore(exports, measurement) {
  throw new Error("core: the binary interface is not connected yet");
}
