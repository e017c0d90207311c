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
 * The core, ready to be asked.
 * @typedef {object} Core
 * @property {(measurement: Measurement) => Assessment} assess
 * @property {(timeline: Uint8Array) => Uint8Array} growth the packed answer to a packed timeline
 * @property {(packed: Uint8Array) => void} useSettings packed settings for all later calls; with
 *   none, the defaults. Throws where they cannot be read: then those before stay.
 */

/**
 * Loads the core. Rejects when the file cannot be had or does not fit this page.
 * @param {string} url
 * @returns {Promise<Core>}
 */
export async function loadCore(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`core: ${response.status}`);
  return startCore(await response.arrayBuffer());
}

/**
 * Starts the core from its bytes. It imports nothing: it can compute and nothing else.
 * @param {BufferSource} bytes
 * @returns {Promise<Core>}
 */
export async function startCore(bytes) {
  const { exports, mark } = await openCore(bytes);
  const growth = (timeline) => callCore(exports, mark, timeline, exports.phoneGrowth);
  return {
    growth,
    useSettings: (packed) => {
      putInput(exports, mark, packed);
      if (exports.phoneSettings(packed.length) < 0) {
        throw new Error("core: the settings cannot be read");
      }
    },
    assess: (measurement) =>
      readAssessment(growth(packTimeline(measurement)), measurement),
  };
}

/**
 * Care by guidelines, ready to be asked. Days are counted since 1970-01-01; every answer is packed
 * as docs/formats/ says, and throws where the timeline cannot be read.
 * @typedef {object} Care
 * @property {(timeline: Uint8Array, day: number) => Uint8Array} plan care-plan.md
 * @property {(timeline: Uint8Array, day: number) => Uint8Array} questions forms.md: which forms are
 *   for the person, and what each asks
 * @property {(timeline: Uint8Array, day: number) => Uint8Array} vaccinations vaccinations.md
 * @property {() => Uint8Array} forms forms.md: all forms with all that they can ask
 * @property {(timeline: Uint8Array) => Uint8Array} growth growth.md, under the defaults
 * @property {(packed: Uint8Array, matters?: number) => void} useSettings a district's packed
 *   settings (settings.md) for all later calls; with none, the defaults. Answers tell of those
 *   sensitive matters alone that its user may know of, a bit for each; of none where nothing is
 *   said. Throws where they cannot be read: then those before stay.
 */

/**
 * Starts the core with guidelines and forms from its bytes: care.wasm, which also does what
 * core.wasm does.
 * @param {BufferSource} bytes
 * @returns {Promise<Care>}
 */
export async function startCare(bytes) {
  const { exports, mark: start } = await openCore(bytes);
  let mark = start;
  const useSettings = (packed, matters = 0) => {
    putInput(exports, mark, packed);
    if (exports.phoneCare(packed.length, matters) < 0) {
      throw new Error("core: the settings cannot be read");
    }
    // What was made for these settings stays.
    mark = exports.phoneMark();
  };
  useSettings(new Uint8Array(0));
  return {
    plan: (timeline, day) => callCore(exports, mark, timeline, exports.phonePlan, day),
    questions: (timeline, day) => callCore(exports, mark, timeline, exports.phoneQuestions, day),
    vaccinations: (timeline, day) =>
      callCore(exports, mark, timeline, exports.phoneVaccinations, day),
    forms: () => callCore(exports, mark, new Uint8Array(0), exports.phoneForms),
    growth: (timeline) => callCore(exports, mark, timeline, exports.phoneGrowth),
    useSettings,
  };
}

/** A started core with the mark of its heap. */
async function openCore(bytes) {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const exports = instance.exports;
  exports.phoneStart();
  return { exports, mark: exports.phoneMark() };
}

/**
 * One call. What the call before left in memory is released first. The memory may grow within any
 * call, which detaches its buffer: it is looked up anew each time.
 */
function callCore(exports, mark, timeline, ask, ...more) {
  putInput(exports, mark, timeline);
  const size = ask(timeline.length, ...more);
  if (size < 0) throw new Error("core: the timeline cannot be read");
  const output = exports.phoneInput(size);
  exports.phoneOutput(output);
  return new Uint8Array(exports.memory.buffer, output, size).slice();
}

/** Copies bytes to where the core reads them. */
function putInput(exports, mark, bytes) {
  exports.phoneRelease(mark);
  const input = exports.phoneInput(bytes.length);
  new Uint8Array(exports.memory.buffer, input, bytes.length).set(bytes);
}

// The packed timeline; docs/formats/timeline.md.

const factKinds = { person: 1, measurement: 3 };
const dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);

/** Bytes that grow as they are written. */
class PackedWriter {
  bytes = [];

  unsigned(value) {
    let rest = value;
    while (rest >= 0x80) {
      this.bytes.push((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.bytes.push(rest);
  }

  signed(value) { this.unsigned(value >= 0 ? value * 2 : -value * 2 - 1); }

  /** A numbered field of a fact's body, if there is a value. */
  number(field, value) {
    if (value === null || value === undefined) return;
    this.unsigned(field * 2);
    this.signed(value);
  }
}

function packFact(number, kind, day, body) {
  const fact = new PackedWriter();
  fact.bytes.push(...new Array(15).fill(0), number);
  fact.unsigned(kind);
  fact.signed(day);
  fact.signed(number);
  fact.bytes.push(0, ...body.bytes);
  const sized = new PackedWriter();
  sized.unsigned(fact.bytes.length);
  return [...sized.bytes, ...fact.bytes];
}

/**
 * The child and its one measurement as a packed timeline.
 * @param {Measurement} measurement
 * @returns {Uint8Array}
 */
export function packTimeline(measurement) {
  const tenths = (cm) => (cm === null ? null : Math.round(cm * 100));
  const { birth, visit } = days(measurement);
  const person = new PackedWriter();
  person.number(2, birth);
  person.number(3, 1);
  person.number(4, measurement.sex === "male" ? 1 : 2);
  const body = new PackedWriter();
  body.number(1, measurement.weightKg === null ? null : Math.round(measurement.weightKg * 1000));
  body.number(2, tenths(measurement.lengthCm));
  body.number(3, { lying: 1, standing: 2 }[measurement.position] ?? null);
  body.number(4, tenths(measurement.headCm));
  body.number(5, tenths(measurement.muacCm));
  body.number(8, measurement.oedema ? 1 : 0);
  return new Uint8Array([
    0x53, 0x54, 1,
    ...packFact(1, factKinds.person, birth, person),
    ...packFact(2, factKinds.measurement, visit, body),
  ]);
}

/** Birth and visit as days since 1970-01-01. */
function days({ birthDate, visitDate, ageDays }) {
  if (birthDate && visitDate) return { birth: dayNumber(birthDate), visit: dayNumber(visitDate) };
  return { birth: 0, visit: ageDays };
}

// The packed answer; docs/formats/growth.md.

const categories = {
  zwei: ["none", "severely_underweight", "underweight", "weight_normal", "weight_risk_over"],
  zlen: ["none", "severely_stunted", "stunted", "height_normal", "tall"],
  zwfl: ["none", "severely_wasted", "wasted", "nutrition_normal", "nutrition_risk_over",
    "overweight", "obese"],
  zhc: ["none", "microcephaly", "head_normal", "macrocephaly"],
  muac: ["none", "muac_severe", "muac_moderate", "muac_normal"],
};
const indices = ["zlen", "zwei", "zwfl", "zbmi", "zhc", "zac", "zts", "zss"];
const corrections = ["none", "standing_to_length", "lying_to_height", "length_under_9_months"];
// From this day of age the tables of standing height apply.
const firstStandingDay = 731;

/** Reads a packed answer from its start. */
class PackedReader {
  constructor(bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = 0;
  }

  byte() { return this.view.getUint8(this.offset++); }

  unsigned() {
    let value = 0;
    let weight = 1;
    for (;;) {
      const next = this.byte();
      value += (next & 0x7F) * weight;
      if (next < 0x80) return value;
      weight *= 0x80;
    }
  }

  signed() {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Nothing is written as not-a-number. */
  double() {
    const value = this.view.getFloat64(this.offset, true);
    this.offset += 8;
    return Number.isNaN(value) ? null : value;
  }
}

/**
 * The answer for the one measurement of the timeline.
 * @param {Uint8Array} bytes
 * @param {Measurement} measurement
 * @returns {Assessment}
 */
function readAssessment(bytes, measurement) {
  const reader = new PackedReader(bytes);
  const head = [reader.byte(), reader.byte(), reader.byte()];
  if (head[0] !== 0x53 || head[1] !== 0x47 || head[2] !== 1 || reader.unsigned() !== 1) {
    throw new Error("core: an answer of another version");
  }
  reader.offset += 16;
  reader.signed();
  const ageDays = reader.signed();
  const correction = corrections[reader.byte()];
  const usedLengthCm = reader.double();
  const bmi = reader.double();
  const scores = {};
  for (const index of indices) {
    const flag = reader.byte();
    scores[index] = flag === 0 ? { z: null, flagged: false } : {
      z: reader.signed() / 100, flagged: flag === 2, exact: reader.double(),
    };
  }
  const lying = ageDays < firstStandingDay;
  const answer = {
    ageDays, ageMonths: completedMonths(measurement, ageDays), usedLengthCm, bmi, lying,
    correction: correctionName(correction, measurement, lying),
    zwei: { ...scores.zwei, category: categories.zwei[reader.byte()] },
    zlen: { ...scores.zlen, category: categories.zlen[reader.byte()] },
    zwfl: { ...scores.zwfl, category: categories.zwfl[reader.byte()] },
    zbmi: { ...scores.zbmi, category: categories.zwfl[reader.byte()] },
    zhc: { ...scores.zhc, category: categories.zhc[reader.byte()] },
    zac: { ...scores.zac, category: "none" },
    muac: { category: categories.muac[reader.byte()] },
  };
  if (measurement.oedema) answer.zwfl.category = "oedema";
  return answer;
}

/** What was done to the length, or how its position was taken where nobody wrote it down. */
function correctionName(correction, measurement, lying) {
  if (correction !== "none" || measurement.lengthCm === null || measurement.position !== null) {
    return correction;
  }
  return lying ? "assumed_lying" : "assumed_standing";
}

/** Calendar months completed on the day of the visit. */
function completedMonths({ birthDate, visitDate }, ageDays) {
  if (!birthDate || !visitDate) return Math.floor(ageDays / 30.4375);
  const [birth, visit] = [birthDate, visitDate].map((iso) => iso.split("-").map(Number));
  const lastDay = new Date(Date.UTC(visit[0], visit[1], 0)).getUTCDate();
  const months = (visit[0] - birth[0]) * 12 + visit[1] - birth[1];
  return visit[2] < Math.min(birth[2], lastDay) ? months - 1 : months;
}
