/// The form of a schedule's JSON file, as docs/formats/immunization-schedule.md describes it.
struct ScheduleFileForm: Decodable {
  var format: String
  var version: Int
  var edition: String
  var grace: String?
  var monthOverflow: String
  var completeSeries: String?
  var antigens: [String]
  var products: [Product]
  var groups: [Group]
  var conflicts: [Conflict]?
  var immunity: [Immunity]?
  var contraindications: [Contraindication]?
  var series: [Series]

  struct Product: Decodable {
    var code: Int
    var antigens: [Content]
  }

  struct Content: Decodable {
    var antigen: String
    var fromAge: String?
    var untilAge: String?
  }

  struct Group: Decodable {
    var name: String
    var antigens: [String]
    var whole: Bool?
  }

  struct Conflict: Decodable {
    var earlier: [Int]
    var later: [Int]
    var begins: String
    var endsAfterValid: String
    var ends: String
  }

  struct Immunity: Decodable {
    var antigen: String
    var bornBefore: String?
    var observation: UInt16?
    var exceptions: [UInt16]?
  }

  struct Contraindication: Decodable {
    var antigen: String
    var observation: UInt16
    var fromAge: String?
    var untilAge: String?
  }

  struct Indication: Decodable {
    var observation: UInt16
    var fromAge: String?
    var untilAge: String?
  }

  struct Series: Decodable {
    var antigen: String
    var name: String
    var kind: String
    var sexes: [String]?
    var indications: [Indication]?
    var `default`: Bool?
    var productPath: Bool?
    var group: UInt8?
    var equivalentGroups: [UInt8]?
    var priority: String?
    var preference: UInt8?
    var minimumAge: String?
    var startsBefore: String?
    var startsFrom: String?
    var doses: [Dose]
  }

  struct Dose: Decodable {
    var ages: [Limits]?
    var intervals: [Limits]?
    var allowableIntervals: [Limits]?
    var preferable: [Choice]?
    var allowable: [Choice]?
    var inadvertent: [Int]?
    var skips: [Skip]?
    var recurring: Bool?
    var season: Season?
  }

  struct Season: Decodable {
    var from: String
    var to: String?
  }

  /// An age, or a distance with what it is counted from.
  struct Limits: Decodable {
    var absoluteMinimum: String?
    var minimum: String?
    var recommended: String?
    var pastDue: String?
    var maximum: String?
    var from: String?
    var to: String?
    var after: Start?
    var afterProducts: [Int]?
    var afterObservation: UInt16?
    var priority: Bool?
  }

  /// "previous", or a dose's number.
  enum Start: Decodable {
    case previous
    case dose(UInt8)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let number = try? value.decode(UInt8.self), number > 0 {
        self = .dose(number)
      } else if try value.decode(String.self) == "previous" {
        self = .previous
      } else {
        throw DecodingError.dataCorruptedError(
          in: value, debugDescription: "\"previous\" or the number of a dose from 1 on")
      }
    }
  }

  struct Choice: Decodable {
    var products: [Int]
    var fromAge: String?
    var untilAge: String?
    var brand: String?
  }

  struct Skip: Decodable {
    var when: String
    var all: Bool?
    var sets: [SkipSet]
  }

  struct SkipSet: Decodable {
    var any: Bool?
    var from: String?
    var to: String?
    var conditions: [Condition]
  }

  struct Condition: Decodable {
    var type: String
    var fromAge: String?
    var untilAge: String?
    var groups: [UInt8]?
    var interval: String?
    var products: [Int]?
    var valid: Bool?
    var fromDay: String?
    var untilDay: String?
    var `is`: String?
    var number: UInt8?
  }
}
