import Exchange
import Health
import Journal
import Services

/// Where an administrator sets up a district: its areas, the facilities, the boundaries.
struct SetupPage {
  static let path = "/administration/setup"

  private let visit: Visit
  /// Why what was sent is not looked at.
  var problem: String?

  private var words: Words { visit.words }

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let title = words["setup.title"]
    let districts = visit.tree.places.values.filter { $0.kind == .district && !$0.code.isEmpty }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    let own = districts.first?.code
    let shipped = KnownDistrict.shipped.filter { AreaCode.kind(of: $0.code) == .district }
    return Rendering(
      template: "administration-setup", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["administration.places"], url: "/administration/places"),
        Crumb(name: title),
      ], section: .administration,
      fields: [
        "problem": problem, "form_token": visit.visitor.formToken, "action": SetupPage.path,
        "done": visit.query["done"] == "taken" ? words["setup.taken"] : nil,
        "own_code": own,
        "shipped": shipped.map { district -> Fields in
          [
            "value": district.code, "text": "\(district.name) (\(district.code))",
            "chosen": district.code == own,
          ]
        },
        "districts": districts.map { ["value": $0.code, "text": visit.named($0)] as Fields },
      ])
  }
}

/// What a list or map would bring in, before anything of it is written.
struct SetupPreviewPage {
  /// So many problems, warnings and changed places are shown; whoever has more begins with these.
  private static let mostLines = 100

  private let visit: Visit
  private let upload: SetupUpload
  private let plan: Result<SetupPlan, any Error>
  /// Whether the places changed since the preview was looked at.
  var isChanged = false

  private var words: Words { visit.words }

  init(_ visit: Visit, _ upload: SetupUpload) async {
    self.visit = visit
    self.upload = upload
    plan = await visit.site.uploads.worked(out: upload, now: visit.site.now)
  }

  func rendering() -> Rendering {
    let url = "\(SetupPage.path)/\(upload.id)"
    var fields: Fields = [
      "file": upload.fileName, "kind": words["setup.kinds.\(upload.kind.rawValue)"],
      "form_token": visit.visitor.formToken, "take_url": url + "/take",
      "discard_url": url + "/discard", "again_url": SetupPage.path,
      "changed": isChanged ? words["setup.changed"] : nil,
    ]
    switch plan {
    case .failure(let error):
      fields = fields.merging([
        "unreadable": words.explained(ListUploads.explanation(of: error))
      ])
    case .success(let plan): fields = fields.merging(told(plan))
    }
    return Rendering(
      template: "administration-setup-preview", title: upload.fileName,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["setup.title"], url: SetupPage.path), Crumb(name: upload.fileName),
      ], section: .administration, fields: fields)
  }

  private func told(_ plan: SetupPlan) -> Fields {
    let (problems, warnings) = (plan.problems, plan.warnings)
    var fields: Fields = [
      "mark": plan.mark, "may_take": problems.isEmpty && isAnythingNew(plan),
      "nothing_new": problems.isEmpty && !isAnythingNew(plan),
      "problems": problems.prefix(SetupPreviewPage.mostLines).map { problem in
        line(
          problem.key, problem.line, problem.column, problem.value, problem.details)
      },
      "problem_count": problems.isEmpty
        ? nil : words("setup.problems", ["count": visit.format.whole(problems.count)]),
      "warnings": warnings.prefix(SetupPreviewPage.mostLines).map { warning in
        line(
          "warnings.district.\(warning.code.rawValue)", warning.line, warning.column,
          warning.value, warning.details)
      },
      "warning_count": warnings.isEmpty
        ? nil : words("setup.warnings", ["count": visit.format.whole(warnings.count)]),
      "heads": PlannedChange.allCases.map {
        ["text": words["commands.district.changes.\($0.rawValue)"]] as Fields
      }, "rows": rows(plan),
    ]
    if case .district(let plan) = plan {
      let changed = plan.places.filter { $0.change == .changed }
      let without = plan.villagesWithoutPuskesmas
      fields = fields.merging([
        "changed_places": changed.prefix(SetupPreviewPage.mostLines).map { place in
          ["text": text(ofChanged: place)] as Fields
        },
        "without": without.isEmpty || !problems.isEmpty
          ? nil
          : words("setup.without_puskesmas", ["count": visit.format.whole(without.count)]),
      ])
    }
    return fields
  }

  private func isAnythingNew(_ plan: SetupPlan) -> Bool {
    plan.problems.isEmpty && !plan.facts(by: nil).isEmpty
  }

  private func rows(_ plan: SetupPlan) -> [Fields] {
    func row(_ name: String, _ count: (PlannedChange) -> Int) -> Fields {
      [
        "name": name,
        "cells": PlannedChange.allCases.map { change in
          [
            "count": visit.format.whole(count(change)),
            "head": words["commands.district.changes.\(change.rawValue)"],
          ] as Fields
        },
      ]
    }
    switch plan {
    case .boundaries(let plan):
      return [row(words["setup.kinds.boundaries"]) { plan.boundaries[$0] ?? 0 }]
    case .district(let plan):
      let kinds = Set(plan.places.map(\.kind))
      var rows = PlaceKind.allCases.filter(kinds.contains).map { kind in
        row(words["kinds.\(kind.code)"]) { plan.count(kind, $0) }
      }
      for (name, counts) in [("catchments", plan.catchments), ("agreements", plan.agreements)]
      where !counts.isEmpty {
        rows.append(row(words["commands.district.\(name)"]) { counts[$0] ?? 0 })
      }
      return rows
    }
  }

  private func text(ofChanged place: PlannedPlace) -> String {
    let details = place.details.map { words["commands.district.details.\($0.rawValue)"] }
    return "\(words["kinds.\(place.kind.code)"]) \(place.name): "
      + details.joined(separator: ", ")
  }

  private func line(
    _ key: String, _ line: Int, _ column: String, _ value: String, _ details: [String: String]
  ) -> Fields {
    [
      "line": visit.format.whole(line), "column": column.isEmpty ? nil : column,
      "value": value.isEmpty ? nil : value, "what": words(key + ".what", details),
      "mend": words(key + ".mend", details),
    ]
  }

  /// The plan and its mark, where it can be taken.
  var takeable: SetupPlan? {
    guard case .success(let plan) = plan, isAnythingNew(plan) else { return nil }
    return plan
  }
}
