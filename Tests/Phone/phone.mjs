// Answers a file of packed timelines with the clinical core, through the page's own core.js.
//
//   node phone.mjs core.wasm core.js IN OUT [SETTINGS]
//
// Both files are frames: four bytes of length, least significant first, then the bytes. A timeline
// that the core cannot read is answered by an empty frame. A trap ends the program with code 3.

import { readFileSync, writeFileSync } from "node:fs";

const [wasm, script, input, output, settings] = process.argv.slice(2);
const source = readFileSync(script, "utf8");
const core = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);

const bytes = readFileSync(wasm);
const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
if (imports.length > 0) {
  console.error(`the core imports ${imports.map((one) => one.name).join(", ")}`);
  process.exit(2);
}
const { growth, useSettings } = await core.startCore(bytes);
if (settings) {
  useSettings(new Uint8Array(readFileSync(settings)));
  // What cannot be read is refused, and those before stay.
  for (const bad of [[0x53], [0x53, 0x45, 2], [0x53, 0x45, 1, 99, 2], [0x53, 0x45, 1, 3, 0]]) {
    let refused = false;
    try {
      useSettings(new Uint8Array(bad));
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
const answers = [];
for (let at = 0, number = 0; at < data.length; number += 1) {
  const size = data.readUInt32LE(at);
  const timeline = new Uint8Array(data.subarray(at + 4, at + 4 + size));
  at += 4 + size;
  let answer = new Uint8Array(0);
  try {
    answer = growth(timeline);
  } catch (reason) {
    if (reason instanceof WebAssembly.RuntimeError) {
      console.error(`timeline ${number} of ${input} trapped the core: ${reason.message}\n`
        + Buffer.from(timeline).toString("base64"));
      writeFileSync(output, Buffer.concat(answers));
      process.exit(3);
    }
  }
  const head = Buffer.alloc(4);
  head.writeUInt32LE(answer.length);
  answers.push(head, Buffer.from(answer));
}
writeFileSync(output, Buffer.concat(answers));
