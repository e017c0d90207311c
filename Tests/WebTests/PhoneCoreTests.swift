import Foundation
import Health
import Programmes
import Samples
import Testing

@testable import Web

/// The browser's door to the core gives the server's answers: the same bytes.
@Suite struct PhoneCoreTests {
  private static let node = ["/usr/bin/node", "/usr/local/bin/node"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private struct Answer: Decodable {
    let timeline: String
    let growth: String
    let zlen: Double?
    let category: String
  }

  @Test(.enabled(if: node != nil)) func pageAndServerAgree() async throws {
    let client = try await RunningServer.shared().client
    let folder = try TemporaryFolder.make()
    for (name, file) in [("core.js", "core.mjs"), ("core.wasm", "core.wasm")] {
      try await Data(client.get("/assets/\(name)").body).write(to: folder.appending(path: file))
    }
    try Self.script.write(
      to: folder.appending(path: "run.mjs"), atomically: true, encoding: .utf8)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: try #require(Self.node))
    process.arguments = [folder.appending(path: "run.mjs").path]
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let answers = try JSONDecoder().decode([Answer].self, from: data)
    #expect(answers.count == 300)
    for answer in answers {
      let timeline = try Timeline(packed: Self.bytes(answer.timeline))
      let native = try timeline.bytes.withUnsafeBufferPointer {
        try PackedGrowth.pack(timeline: $0)
      }
      #expect(native == Self.bytes(answer.growth))
      let record = try timeline.bytes.withUnsafeBufferPointer { try GrowthRecord(timeline: $0) }
      let measurement = try #require(record.measurements.first)
      #expect(
        measurement.assessment.lengthHeightForAge.map { Double($0.hundredths) / 100 }
          == answer.zlen)
      #expect((GrowthStatus(measurement).lengthHeightForAge?.code ?? "none") == answer.category)
    }
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).map { position in
      UInt8(String(decoding: digits[position...position + 1], as: UTF8.self), radix: 16) ?? 0
    }
  }

  private static let script = """
    import { packTimeline, startCore } from "./core.mjs";
    import { readFileSync } from "node:fs";
    const core = await startCore(readFileSync(new URL("core.wasm", import.meta.url)));
    const hex = (bytes) => Buffer.from(bytes).toString("hex");
    const answers = [];
    for (let i = 0; i < 300; i++) {
      const day = new Date(Date.UTC(2022, 0, 31 + i * 5));
      const measurement = {
        sex: i % 2 ? "male" : "female", birthDate: "2022-01-31",
        visitDate: day.toISOString().slice(0, 10), ageDays: null,
        weightKg: i % 7 ? 3 + i * 0.05 : null, lengthCm: i % 5 ? 49 + i * 0.19 : null,
        position: [null, "lying", "standing"][i % 3], headCm: i % 4 ? 34 + i * 0.04 : null,
        muacCm: i % 6 ? 10 + i * 0.02 : null, oedema: i % 11 === 0,
      };
      const timeline = packTimeline(measurement);
      const growth = core.growth(timeline);
      const assessment = core.assess(measurement);
      answers.push({
        timeline: hex(timeline), growth: hex(growth), zlen: assessment.zlen.z,
        category: assessment.zlen.category,
      });
    }
    process.stdout.write(JSON.stringify(answers));
    """
}
