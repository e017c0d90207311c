// Answers a file of packed timelines about care with the clinical core, through the page's own
// core.js, as `sikilap phone-answers --day` does.
//
//   node care.mjs care.wasm core.js IN OUT SETTINGS|- MATTERS DAY…|dated
//
// MATTERS has a bit for each sensitive matter that answers may tell of. The first frame of the
// answers has all forms. Where there are several days the timelines take turns in them; with
// `dated` each frame begins with its own day, as four bytes.
//
// Both files are frames: four bytes of length, least significant first, then the bytes. What the
// core refuses is answered by an empty frame. A trap ends the program with code 3.

import { readFileSync, writeFileSync } from "node:fs";

const [wasm, script, input, output, settings, known, ...turns] = process.argv.slice(2);
const source = readFileSync(script, "utf8");
const core = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
const bytes = readFileSync(wasm);
if (WebAssembly.Module.imports(new WebAssembly.Module(bytes)).length > 0) {
  console.error("the core imports something");
  process.exit(2);
}
// Asked before it is ready the core says so.
const { exports } = (await WebAssembly.instantiate(bytes, {})).instance;
exports.phoneStart();
exports.phoneInput(0);
for (const ask of ["phonePlan", "phoneQuestions", "phoneVaccinations", "phoneForms"]) {
  if (exports[ask](0, 20_000) >= 0) {
    console.error(`${ask} answered before phoneCare`);
    process.exit(5);
  }
}
const care = await core.startCare(bytes);
const matters = Number(known);
if (settings === "-") care.useSettings(new Uint8Array(0), matters);
else {
  const packed = new Uint8Array(readFileSync(settings));
  care.useSettings(packed, matters);
  // What cannot be read is refused, and those before stay.
  for (const bad of [[0x53], [0x53, 0x44, 2], packed.slice(0, -1), [...packed, 0]]) {
    let refused = false;
    try {
      care.useSettings(new Uint8Array(bad), matters);
    } catch {
      refused = true;
    }
    if (!refused) {
      console.error(`settings ${bad} were taken`);
      process.exit(4);
    }
  }
}

const data = readFileSync(input);
const timelines = [];
const own = [];
const isDated = turns[0] === "dated";
for (let at = 0; at < data.length;) {
  const size = data.readUInt32LE(at);
  if (isDated) own.push(data.readInt32LE(at + 4));
  timelines.push(new Uint8Array(data.subarray(at + (isDated ? 8 : 4), at + 4 + size)));
  at += 4 + size;
}

const days = isDated ? own : turns.map(Number);
const nothing = new Uint8Array(0);
const answers = [];

/** Keeps an answer as a frame. */
function keep(answer) {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(answer.length);
  answers.push(head, answer);
}

/** Asks one question. */
function ask(name, number, day) {
  try {
    return care[name](timelines[number], day);
  } catch (reason) {
    if (!(reason instanceof WebAssembly.RuntimeError)) return nothing;
    console.error(`${name} of timeline ${number} of ${input} on day ${day} trapped the core: `
      + `${reason.message}\n${Buffer.from(timelines[number]).toString("base64")}`);
    process.exit(3);
  }
}

keep(care.forms());
for (let number = 0; number < timelines.length; number += 1) {
  const day = days[number % days.length];
  for (const name of ["plan", "questions", "vaccinations"]) keep(ask(name, number, day));
}
writeFileSync(output, Buffer.concat(answers));
