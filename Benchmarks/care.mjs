// How long the clinical core takes in WebAssembly for one person: what a phone waits for.
//
//   node care.mjs care.wasm core.js PEOPLE DAY
//
// PEOPLE holds timelines in frames, as `sikilap phone-people` writes them. Of the children under
// five on the day the twenty whose number of facts is nearest to sixty are asked again and again.
// Prints `name value unit`.

import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

const [wasm, script, people, dayText] = process.argv.slice(2);
const day = Number(dayText);
const source = readFileSync(script, "utf8");
const core = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
const bytes = readFileSync(wasm);
const begin = performance.now();
const care = await core.startCare(bytes);
const started = performance.now() - begin;

/** How many facts a timeline holds, and the day of the first, which for a child is near birth. */
function outline(timeline) {
  let at = 3;
  const number = () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const next = timeline[at++];
      value += (next & 127) * weight;
      if (next < 128) return value;
    }
  };
  let facts = 0;
  let first = Infinity;
  while (at < timeline.length) {
    const end = number() + at;
    at += 16;
    number();
    const day = number();
    first = Math.min(first, day % 2 === 0 ? day / 2 : -(day + 1) / 2);
    facts += 1;
    at = end;
  }
  return { timeline, facts, first };
}

const data = readFileSync(people);
const children = [];
for (let at = 0; at < data.length;) {
  const size = data.readUInt32LE(at);
  const found = outline(new Uint8Array(data.subarray(at + 4, at + 4 + size)));
  if (found.first > day - 1826 && found.first <= day) children.push(found);
  at += 4 + size;
}
children.sort((a, b) => Math.abs(a.facts - 60) - Math.abs(b.facts - 60));
const sample = children.slice(0, 20);
const mean = sample.reduce((sum, child) => sum + child.facts, 0) / sample.length;

/**
 * Microseconds for one call: for each child the median and the best of many, then their mean, so
 * that what else the machine does in between counts little.
 */
function measure(ask) {
  const repeats = 60;
  let [medians, bests] = [0, 0];
  for (const child of sample) ask(child.timeline);
  for (const child of sample) {
    const times = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const start = performance.now();
      ask(child.timeline);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    medians += times[repeats / 2];
    bests += times[0];
  }
  return [medians * 1000 / sample.length, bests * 1000 / sample.length];
}

console.log(`wasm_care_start ${started.toFixed(1)} ms`);
console.log(`wasm_care_facts ${mean.toFixed(0)} facts`);
for (const name of ["plan", "questions", "vaccinations"]) {
  const [median, best] = measure((timeline) => care[name](timeline, day));
  console.log(`wasm_${name} ${median.toFixed(0)} us`);
  console.log(`wasm_${name}_best ${best.toFixed(0)} us`);
}
