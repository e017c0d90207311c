import Health
import Journal
import Services

/// Where a list of households or workers is uploaded, and what was uploaded before.
struct ListUploadPage {
  private let visit: Visit
  private let kind: ImportKind
  /// What was wrong with the upload; nothing at first.
  var problem: String?

  init(_ visit: Visit, _ kind: ImportKind) {
    self.visit = visit
    self.kind = kind
  }

  /// For which places the visitor may bring a list: the own ones and the Puskesmas in them.
  var places: [Place] {
    let own = visit.ownPlaces(for: kind.action)
    let below = own.flatMap { top in
      visit.tree.subtree(of: top.id).filter { $0.kind == .puskesmas && $0.id != top.id }
    }
    return own + below.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  func rendering() throws -> Rendering {
    let (words, format) = (visit.words, visit.format)
    let title = words["lists.titles.\(kind.listName)"]
    let batches = try visit.district.importBatches().filter { $0.kind == kind && visit.mayUndo($0) }
    let shown = batches.prefix(50)
    let text = try ImportText(visit, of: shown)
    return Rendering(
      template: "list-upload", title: title, crumbs: visit.homeCrumbs(title),
      section: kind == .staff ? .administration : .imports,
      fields: [
        "title": title, "lead": words["lists.leads.\(kind.listName)"], "problem": problem,
        "action": "/lists/\(kind.listName)", "form_token": visit.visitor.formToken,
        "csv_url": "/lists/\(kind.listName)/template.csv",
        "xlsx_url": "/lists/\(kind.listName)/template.xlsx",
        "columns": words["lists.columns.\(kind.listName)"],
        "places": places.map { ["id": $0.id.text, "name": visit.named($0)] as Fields },
        "uploads": visit.site.uploads.uploads(of: visit.visitor.worker?.id)
          .filter { $0.kind == kind }.map { upload -> Fields in
            [
              "file": upload.fileName, "url": "/uploads/\(upload.id)",
              "time": format.moment(Instant(milliseconds: upload.at)),
              "status": status(of: upload),
            ]
          },
        "batches": shown.map { batch -> Fields in
          text.fields(of: batch).merging([
            "undo_url": Links.undo(batch.id)
          ])
        },
      ])
  }

  private func status(of upload: UploadedList) -> String {
    visit.words["lists.states.\(upload.state.rawValue)"]
  }
}
