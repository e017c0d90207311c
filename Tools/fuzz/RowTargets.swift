// Entry point for libFuzzer: a file of any bytes must give rows, refused rows or a problem, never a
// crash, and the same ones however the disk hands the bytes out. It is compiled together with the
// sources of Exchange that need no database, see run.sh.
import Foundation
import Health

private let headings = [
  "NIK,Nama,JK,Tgl Lahir,Nama Ortu,Desa,Posyandu,Tgl Ukur,Berat,Tinggi,Cara Ukur,LiLA,Edema\n",
  "NIK;ID Anak;Nama;JK;Tgl Lahir;BB Lahir;TB Lahir;Desa;Tgl Ukur;BB;TB;LK;KIA\r\n",
]
private let today = CivilDate(dayNumber: 20_393)

private struct ReadRow: Equatable {
  let line: Int
  let texts: [String?]
  let raw: [UInt8]
}

/// Feeds one buffer to the reader, behind one of the headings or as the whole file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let buffer = UnsafeBufferPointer(start: start + 1, count: count - 1)
  let choice = Int(start[0]) % (headings.count + 1)
  let bytes = (choice < headings.count ? Array(headings[choice].utf8) : []) + Array(buffer)
  let whole = read(bytes, chunk: CSVReader.chunk)
  precondition(whole == read(bytes, chunk: 1 + Int(start[0]) % 64), "pieces must not matter")
  writeAndReadBack(whole.rows)
  readMeasurements(bytes)
  return 0
}

private struct Outcome: Equatable {
  var rows: [ReadRow] = []
  var problem: CSVProblem?
}

private func reader(_ bytes: [UInt8], chunk: Int) throws(CSVProblem) -> CSVReader {
  var offset = 0
  return try CSVReader(size: bytes.count, chunk: chunk) { count in
    let piece = bytes[offset..<min(bytes.count, offset + count)]
    offset += piece.count
    return Data(piece)
  }
}

private func read(_ bytes: [UInt8], chunk: Int) -> Outcome {
  var outcome = Outcome()
  do {
    var reader = try reader(bytes, chunk: chunk)
    while let row = try reader.next({ row in
      ReadRow(
        line: row.line, texts: (0..<row.count).map { row.text($0) }, raw: Array(row.raw))
    }) {
      precondition(row.line > (outcome.rows.last?.line ?? 0), "lines must rise")
      outcome.rows.append(row)
    }
    precondition(reader.position <= bytes.count, "no more can be read than there is")
  } catch {
    guard let problem = error as? CSVProblem else { preconditionFailure("\(error)") }
    outcome.problem = problem
  }
  return outcome
}

/// Texts that can be written come back as they were.
private func writeAndReadBack(_ rows: [ReadRow]) {
  let edge = CharacterSet(charactersIn: " \t")
  let texts = rows.map { row in
    row.texts.map { ($0 ?? "").trimmingCharacters(in: edge) }
  }
  var writer = CSVWriter()
  writer.row(["first", "second"])
  for row in texts { writer.row(row + ["end"]) }
  let back = read([UInt8](writer.take()), chunk: CSVReader.chunk)
  precondition(back.problem == nil && back.rows.count == texts.count + 1, "rows must come back")
  for (row, text) in zip(back.rows.dropFirst(), texts) {
    precondition(row.texts == text + ["end"], "texts must come back")
  }
}

private func readMeasurements(_ bytes: [UInt8]) {
  do {
    var reader = try reader(bytes, chunk: CSVReader.chunk)
    let heading = try reader.next { row in (0..<row.count).map { row.text($0) ?? "" } }
    let rows = try MeasurementRowReader(
      mapping: .ePPGBM, heading: heading ?? [], today: today)
    while try reader.next({ row -> Void in
      do throws(RowProblem) {
        let read = try rows.read(row)
        precondition(read.visitDate <= today && read.visitDate >= DateText.earliest)
        guard let birth = read.birthDate else { preconditionFailure("a birth date is needed") }
        precondition(birth <= read.visitDate && read.sex != nil)
        let body = read.body.bytes
        let back = body.withUnsafeBufferPointer { try? MeasurementBody($0) }
        precondition(back == read.body, "a measurement must survive packing")
      } catch {
        precondition(!rows.columnName(of: error.field).isEmpty || error.field == nil)
      }
    }) != nil {}
  } catch {
    precondition(error is CSVProblem || error is MappingProblem, "\(error)")
  }
}
