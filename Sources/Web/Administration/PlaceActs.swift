import Health
import Hummingbird
import Journal
import Services

extension Visit {
  /// What is known of a place, and the fact that says so.
  private func standing(_ place: Place) throws -> (body: PlaceBody, fact: Identifier) {
    let standing = try district.placeRecord(place.id).standing
    guard let body = standing.place, let fact = standing.placeFact else {
      throw PageProblem.notFound
    }
    return (body, fact)
  }

  func correct(_ place: Place, _ form: Form) async throws -> Response {
    var entered = Entries(form, PlaceForm.correction, words)
    let known = try standing(place)
    var body = known.body
    body.name = entered.text("name", orElse: "place_name_missing")
    body.telephone = entered.text("telephone", longest: 30)
    body.organizationNumber = entered.text("organization", longest: 64)
    let isCode = body.organizationNumber.allSatisfy { byte in
      byte == 0x2D || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
    if !isCode { entered.complain("organization", "organization") }
    body.latitude = entered.millionths("latitude", within: 90)
    body.longitude = entered.millionths("longitude", within: 180)
    if entered["latitude"].isEmpty != entered["longitude"].isEmpty {
      entered.complain(
        entered["latitude"].isEmpty ? "latitude" : "longitude", "both_coordinates")
    }
    guard entered.isFit else { return try refused(place, "place_correct", entered) }
    if body == known.body { return back(to: place, nil) }
    return try await write(
      body, of: place, known.fact, "POST /administration/places/{id}",
      form: ("place_correct", entered)) ?? back(to: place, "place_corrected")
  }

  func addPlace(below place: Place, _ form: Form) async throws -> Response {
    var entered = Entries(form, PlaceForm.below, words)
    let kind = UInt8(entered["kind"]).flatMap(PlaceKind.init)
    let kinds = PlaceForm.kinds(below: place.kind)
    if kind.map({ !kinds.contains($0) }) ?? true { entered.complain("kind", "kind_missing") }
    let name = entered.text("name", orElse: "place_name_missing")
    let code = entered.text("code", longest: 30)
    let telephone = entered.text("telephone", longest: 30)
    if place.endedOn != nil { entered.complain("kind", "place_ended") }
    let key = PersonSummary.key(of: entered["name"])
    let siblings = tree.areas(within: place.id) + tree.parts(of: place.id)
    if siblings.contains(where: { $0.kind == kind && PersonSummary.key(of: $0.name) == key }) {
      entered.complain("name", "place_there")
    }
    if !code.isEmpty,
      let other = tree.places.values.first(where: { $0.code == entered["code"] })
    {
      entered.complain("code", "code_taken", ["name": named(other)])
    }
    guard entered.isFit, let kind else { return try refused(place, "below", entered) }
    let isPart = PlaceForm.isPart(kind, of: place.kind)
    var body = PlaceBody(kind: kind, name: name, code: code, partOf: isPart ? place.id : nil)
    if !isPart { body.within = place.id }
    body.telephone = telephone
    let id = Identifier.fresh(at: site.now)
    _ = try await write(
      [recording.fact(.place, of: id, on: today, at: place.id, body.bytes)],
      action: .changePlaces, route: "POST /administration/places/{id}/below", subjects: [])
    return redirect(to: Links.address(PlaceListPage.link(id), [("done", "place_added")]))
  }

  func end(_ place: Place, _ form: Form) async throws -> Response {
    var entered = Entries(form, PlaceForm.end, words)
    let known = try standing(place)
    let day = entered.day("on", isNeeded: true)
    if let day, day > today { entered.complain("on", "in_future") }
    if known.body.endedOn != nil { entered.complain("on", "place_ended") }
    var body = known.body
    if !entered["successor"].isEmpty {
      let others = PlaceForm(self).successors(of: place)
      body.successor = others.first { $0.id.text == entered["successor"] }?.id
      if body.successor == nil { entered.complain("successor", "successor") }
    }
    guard let day, entered.isFit else { return try refused(place, "place_end", entered) }
    guard form.isTicked("confirm") else {
      return try respond(PlaceEndPage(self, place: place, entered: entered).rendering())
    }
    body.endedOn = day
    return try await write(
      body, of: place, known.fact, "POST /administration/places/{id}/end",
      form: ("place_end", entered)) ?? back(to: place, "place_ended")
  }

  /// Takes the end of a place back: it is there as before, and so is what was never moved away. A
  /// village whose Puskesmas has ended is without one from then on, until another takes it.
  func reopen(_ place: Place) async throws -> Response {
    let known = try standing(place)
    guard known.body.endedOn != nil else { return back(to: place, nil) }
    let form = PlaceForm(self)
    // The page names them, and leads there.
    guard form.missingAbove(place).isEmpty else {
      return try respond(PlaceRecordPage(self, place: place).rendering(), status: .conflict)
    }
    var body = known.body
    body.endedOn = nil
    body.successor = nil
    return try await write(
      body, of: place, known.fact, "POST /administration/places/{id}/reopen",
      form: ("place_reopen", Entries(words)))
      ?? back(
        to: place,
        form.endedPuskesmas(of: place) == nil ? "place_reopened" : "village_reopened")
  }

  /// Says that a facility looks after villages; those that belonged nowhere are part of a Puskesmas
  /// from then on, so that figures follow.
  func takeVillages(to place: Place, _ form: Form) async throws -> Response {
    var entered = Entries(form, PlaceForm.catchment, words)
    let overview = try district.placeOverview(on: today)
    let possible = PlaceForm(self).villages(for: place, overview)
    let asked = Set(entered.all("villages"))
    let villages = possible.filter { asked.contains($0.id.text) }
    if asked.isEmpty { entered.complain("villages", "villages_missing") }
    if villages.count != asked.count { entered.complain("villages", "villages_taken") }
    let since = entered.day("since", isNeeded: true)
    if let since, since > today { entered.complain("since", "in_future") }
    guard let since, entered.isFit else { return try refused(place, "catchment", entered) }
    let isWritten = try await lookAfter(villages, by: place, since: since, "catchment")
    return isWritten
      ? back(to: place, "villages_taken") : try changedMeanwhile(place, ("catchment", entered))
  }

  /// Gives a village that no Puskesmas looks after to one.
  func assign(_ village: Place, _ form: Form) async throws -> Response {
    var entered = Entries(form, PlaceForm.assign, words)
    let possible = PlaceForm(self).puskesmas(
      for: village, try district.placeOverview(on: today))
    let puskesmas = possible.first { $0.id.text == entered["puskesmas"] }
    if puskesmas == nil { entered.complain("puskesmas", "puskesmas_missing") }
    let since = entered.day("since", isNeeded: true)
    if let since, since > today { entered.complain("since", "in_future") }
    guard let puskesmas, let since, entered.isFit else {
      return try refused(village, "assign", entered)
    }
    let isWritten = try await lookAfter([village], by: puskesmas, since: since, "puskesmas")
    return isWritten
      ? back(to: village, "villages_taken") : try changedMeanwhile(village, ("assign", entered))
  }

  /// How far ahead the end of a catchment may be planned, in days: two turns of the yearly plan.
  private static let farthestEnd: Int32 = 731

  /// Ends that a facility looks after a village, with its last day: one that is over, today, or one
  /// to come; or changes or lifts an end to come. A village of a Puskesmas belongs to none after
  /// that day, until another takes it: where the day is over at once, else when it is, for which
  /// ``District/settleCatchments(at:)`` sees.
  func endCatchment(_ fact: Identifier, of place: Place, _ form: Form) async throws -> Response {
    let known = try district.placeRecord(place.id).standing
    guard let catchment = known.catchmentFacts.first(where: { $0.value == fact })?.key else {
      throw PageProblem.notFound
    }
    var entered = Entries(form, ["until"], words)
    let day = entered.day("until", isNeeded: catchment.until == nil)
    let last = CivilDate(dayNumber: today.dayNumber + Visit.farthestEnd)
    if let day, day > last {
      entered.complain("until", "too_far_ahead", ["date": format.date(last)])
    }
    if let end = catchment.until, end < today {
      entered.complain("until", "ends_earlier_catchment", ["date": format.date(end)])
    }
    guard entered.isFit else {
      return try refused(place, "catchment_\(fact.text)", entered)
    }
    // One that ends before it began never was.
    let isTakenBack = day.map { $0 < catchment.since } ?? false
    let isOver = day.map { $0 < today } ?? false
    var facts = [
      recording.fact(
        isTakenBack ? .withdrawal : .catchment, of: place.id, on: catchment.since, at: place.id,
        replacing: fact,
        isTakenBack ? [] : CatchmentBody(village: catchment.village, until: day).bytes)
    ]
    var corrected = [fact]
    if isOver, place.kind == .puskesmas, let village = tree.places[catchment.village],
      village.partOf == place.id
    {
      let standing = try standing(village)
      var body = standing.body
      body.partOf = nil
      facts.append(
        recording.fact(
          .place, of: village.id, on: today, at: place.id, replacing: standing.fact, body.bytes))
      corrected.append(standing.fact)
    }
    let isWritten = try await write(
      facts, correcting: corrected, action: .changePlaces,
      route: "POST /administration/places/{id}/catchment/{fact}/end", subjects: [])
    let done =
      day == nil
      ? "catchment_end_lifted" : isOver ? "catchment_ended" : "catchment_end_planned"
    return isWritten
      ? back(to: place, done)
      : try changedMeanwhile(place, ("catchment_\(fact.text)", entered))
  }

  private func lookAfter(
    _ villages: [Place], by place: Place, since: CivilDate, _ route: String
  ) async throws -> Bool {
    let overview = try district.placeOverview(on: today)
    let free = overview.villagesWithoutPuskesmas
    var facts: [Fact] = []
    var corrected: [Identifier] = []
    for village in villages.sorted(by: { $0.id < $1.id }) {
      facts.append(
        recording.fact(
          .catchment, of: place.id, on: since, at: place.id,
          CatchmentBody(village: village.id).bytes))
      guard place.kind == .puskesmas, free.contains(village.id) else { continue }
      let known = try standing(village)
      var body = known.body
      body.partOf = place.id
      facts.append(
        recording.fact(
          .place, of: village.id, on: today, at: place.id, replacing: known.fact, body.bytes))
      corrected.append(known.fact)
      for fact in try endsOfCatchments(of: village, before: since, overview) {
        facts.append(fact)
        if let earlier = fact.replaces { corrected.append(earlier) }
      }
    }
    return try await write(
      facts, correcting: corrected, action: .changePlaces,
      route: "POST /administration/places/{id}/\(route)", subjects: [])
  }

  /// The last day on which a Puskesmas whose end is told looks after a village that another takes:
  /// else two would, as soon as the end is taken back.
  private func endsOfCatchments(
    of village: Place, before since: CivilDate, _ overview: PlaceOverview
  ) throws -> [Fact] {
    let last = CivilDate(dayNumber: since.dayNumber - 1)
    return try overview.catchments.compactMap { catchment in
      let facility = tree.places[catchment.facility]
      guard catchment.village == village.id, facility?.kind == .puskesmas,
        facility?.endedOn != nil, catchment.until.map({ $0 > last }) ?? true,
        let fact = try district.placeRecord(catchment.facility).standing
          .catchmentFacts.first(where: { $0.key == catchment })?.value
      else { return nil }
      let neverHeld = last < catchment.since
      return recording.fact(
        neverHeld ? .withdrawal : .catchment, of: catchment.facility, on: catchment.since,
        at: catchment.facility, replacing: fact,
        neverHeld ? [] : CatchmentBody(village: village.id, until: last).bytes)
    }
  }

  /// Corrects an agreement, or ends it by its last day.
  func correctAgreement(
    _ fact: Identifier, of place: Place, _ form: Form
  ) async throws -> Response {
    let standing = try district.placeRecord(place.id).standing
    guard let known = standing.agreementFacts.first(where: { $0.value == fact })?.key else {
      throw PageProblem.notFound
    }
    var entered = Entries(form, PlaceForm.agreement, words)
    let body = agreement(&entered, among: standing.agreements.filter { $0 != known })
    let name = "agreement_\(fact.text)"
    guard let body else { return try refused(place, name, entered) }
    let same = AgreementBody(
      number: Array(known.number.utf8), start: known.start, end: known.end, with: known.with)
    if body == same { return back(to: place, nil) }
    let isWritten = try await write(
      [
        recording.fact(
          .agreement, of: place.id, on: min(body.start, today), at: place.id, replacing: fact,
          body.bytes)
      ], correcting: [fact], action: .changePlaces,
      route: "POST /administration/places/{id}/agreements/{fact}", subjects: [])
    return isWritten
      ? back(to: place, "agreement_corrected") : try changedMeanwhile(place, (name, entered))
  }

  /// Reads the fields of an agreement; nothing where something means nothing.
  private func agreement(
    _ entered: inout Entries, among others: [Agreement]
  ) -> AgreementBody? {
    let number = entered.text("number", longest: 60, orElse: "number_missing")
    let start = entered.day("start", isNeeded: true)
    let end = entered.day("end")
    if let start, let end, end < start { entered.complain("end", "until_before_since") }
    let with = PlaceForm(self).partners().first { $0.id.text == entered["with"] }
    if with == nil { entered.complain("with", "partner_missing") }
    if others.contains(where: { $0.number == entered["number"] && $0.start == start }) {
      entered.complain("number", "agreement_there")
    }
    guard let start, let with, entered.isFit else { return nil }
    return AgreementBody(number: number, start: start, end: end, with: with.id)
  }

  func addAgreement(of place: Place, _ form: Form) async throws -> Response {
    guard place.kind.isNetworkFacility else { throw PageProblem.notFound }
    var entered = Entries(form, PlaceForm.agreement, words)
    let others = try district.placeRecord(place.id).standing.agreements
    guard let body = agreement(&entered, among: others) else {
      return try refused(place, "agreement", entered)
    }
    _ = try await write(
      [
        recording.fact(
          .agreement, of: place.id, on: min(body.start, today), at: place.id, body.bytes)
      ],
      action: .changePlaces, route: "POST /administration/places/{id}/agreements", subjects: [])
    return back(to: place, "agreement_added")
  }

  private func write(
    _ body: PlaceBody, of place: Place, _ known: Identifier, _ route: String,
    form: (name: String, entered: Entries)
  ) async throws -> Response? {
    let fact = recording.fact(
      .place, of: place.id, on: today, at: place.id, replacing: known, body.bytes)
    let isWritten = try await write(
      [fact], correcting: [known], action: .changePlaces, route: route, subjects: [])
    return isWritten ? nil : try changedMeanwhile(place, form)
  }

  private func refused(_ place: Place, _ form: String, _ entered: Entries) throws -> Response {
    var page = try PlaceRecordPage(self, place: place)
    page.entered[form] = entered
    return try respond(page.rendering(), status: .badRequest)
  }

  private func changedMeanwhile(
    _ place: Place, _ form: (name: String, entered: Entries)
  ) throws -> Response {
    let now = try site.snapshot().tree.places[place.id] ?? place
    var page = try PlaceRecordPage(self, place: now)
    page.entered[form.name] = form.entered
    page.changed = words["administration.changed"]
    return try respond(page.rendering(), status: .conflict)
  }

  private func back(to place: Place, _ done: String?) -> Response {
    redirect(to: Links.address(PlaceListPage.link(place.id), [("done", done)]))
  }
}
