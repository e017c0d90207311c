import ArgumentParser
import Foundation
import Health
import Journal
import Services

/// `sikilap district show`: who looks after what, as a tree.
struct DistrictShow: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "show", abstract: words("commands.district.show"))
  }

  @OptionGroup var options: DatabaseOptions
  @Option(help: ArgumentHelp(words("commands.district.show_area"))) var area: String?
  @Flag(help: ArgumentHelp(words("commands.district.villages"))) var villages = false

  func run() throws {
    try inWords {
      let district = try options.open()
      defer { try? district.journal.close() }
      let all = try district.districts()
      let chosen =
        area.map { wanted in all.filter { $0.code == wanted || $0.name == wanted } } ?? all
      guard !chosen.isEmpty else {
        throw area == nil
          ? Refusal("no_district")
          : Refusal(
            "unknown_district",
            ["area": area ?? "", "known": all.map(DistrictText.named).joined(separator: ", ")])
      }
      let today = Clock.now().day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
      for place in chosen { show(try district.overview(of: place, on: today)) }
    }
  }

  private func line(_ depth: Int, _ key: String, _ values: [String: String]) {
    print(String(repeating: "  ", count: depth) + words("commands.district.tree.\(key)", values))
  }

  private func show(_ overview: DistrictOverview) {
    line(
      0, "district",
      [
        "name": DistrictText.named(overview.district), "province": overview.province?.name ?? "–",
        "subdistricts": String(overview.subdistricts.count), "villages": String(overview.villages),
        "puskesmas": String(overview.units.count), "persons": String(overview.persons),
      ])
    for unit in overview.units { show(unit) }
    let without = overview.villagesWithoutPuskesmas
    if !without.isEmpty {
      line(
        1, "without",
        [
          "villages": String(without.count),
          "persons": String(without.reduce(0) { $0 + $1.persons }),
        ])
      show(without)
    }
    for (kind, places) in overview.facilities where !places.isEmpty {
      line(
        1, "facilities",
        ["kind": words("kinds_plural.\(kind.code)"), "count": String(places.count)])
    }
    line(
      1, "agreements",
      [
        "running": String(overview.runningAgreements), "ended": String(overview.endedAgreements),
      ])
    line(1, "boundaries", ["count": String(overview.boundaries)])
  }

  private func show(_ unit: DistrictOverview.Unit) {
    line(
      1, "puskesmas",
      [
        "name": DistrictText.named(unit.place), "villages": String(unit.villages.count),
        "posyandu": String(unit.villages.reduce(0) { $0 + $1.posyandu.count }),
        "pustu": String(unit.pustu.count),
        "persons": String(unit.villages.reduce(0) { $0 + $1.persons }),
      ])
    show(unit.villages)
  }

  private func show(_ shown: [DistrictOverview.Village]) {
    if !villages { return }
    for village in shown {
      line(
        2, "village",
        [
          "name": DistrictText.named(village.place),
          "subdistrict": village.subdistrict?.name ?? "–",
          "posyandu": String(village.posyandu.count), "persons": String(village.persons),
        ])
    }
  }
}
