import Foundation
import Health
import Journal
import Monitoring
import Services

/// Addresses of pages, made in one place.
enum Links {
  /// An address with its parameters; those without a value are left out.
  static func address(_ path: String, _ parameters: [(String, String?)]) -> String {
    var address = path
    var separator = "?"
    for case (let name, let value?) in parameters {
      address += "\(separator)\(name)=\(encoded(value))"
      separator = "&"
    }
    return address
  }

  static func place(_ place: Place, month: CivilMonth? = nil) -> String {
    address("/places/\(place.id.text)", [("month", month.map { Format.iso($0) })])
  }

  static func nutrition(
    _ place: Place, _ indicator: Indicator? = nil, _ month: CivilMonth? = nil,
    filter: StratumFilter = StratumFilter(), path: String = "/nutrition"
  ) -> String {
    address(path, choice(place, indicator, month, filter))
  }

  static func names(
    _ selection: NameSelection, at place: Place, _ month: CivilMonth,
    filter: StratumFilter = StratumFilter(), order: NameOrder = .place, page: Int? = nil,
    path: String = "/nutrition/names"
  ) -> String {
    address(
      path,
      choice(place, selection.indicator, month, filter) + [
        ("state", selection.group.code), ("without", selection.without?.definition.code),
        ("sort", order == .place ? nil : order.rawValue), ("page", page.map { "\($0)" }),
      ])
  }

  static func report(
    _ place: Place, _ month: CivilMonth, path: String = "/nutrition/report"
  ) -> String {
    address(path, choice(place, nil, month, StratumFilter()))
  }

  static func person(_ id: Identifier) -> String { "/people/\(id.text)" }

  /// Somebody's care plan.
  static func care(of id: Identifier) -> String { "\(person(id))/care" }

  static func family(_ id: Identifier) -> String { "/families/\(id.text)" }

  static func child(_ id: Identifier) -> String { "/children/\(id.text)" }

  static func birth(of child: Identifier) -> String { "/children/\(child.text)/birth" }

  static func measurement(_ fact: Identifier, of child: Identifier) -> String {
    "/children/\(child.text)/measurements/\(fact.text)"
  }

  /// Where a list is taken back.
  static func undo(_ batch: Identifier) -> String { "\(importBatch(batch))/undo" }

  static func importBatch(_ id: Identifier) -> String { "/imports/\(id.text)" }

  static func withoutBirthDate(
    _ place: Place, sort: String? = nil, page: Int? = nil, form: String = ""
  ) -> String {
    address(
      "/places/\(place.id.text)/without-birth-date\(form)",
      [("sort", sort), ("page", page.map { "\($0)" })])
  }

  private static func choice(
    _ place: Place, _ indicator: Indicator?, _ month: CivilMonth?, _ filter: StratumFilter
  ) -> [(String, String?)] {
    [
      ("place", place.id.text), ("indicator", indicator?.definition.code),
      ("month", month.map { Format.iso($0) }), ("sex", filter.sex?.code),
      ("age", filter.ageGroup?.code),
    ]
  }

  /// A value as an address carries it.
  static func encoded(_ value: String) -> String {
    value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
