import Health

/// The facts that tell of the district's places.
extension DistrictMap {
  /// All places: the areas of the administration, Puskesmas, Pustu, Posyandu, private facilities
  /// and hospital, with agreements and who looks after which village.
  func placeFacts() -> [Fact] {
    var scribe = OfficeScribe(plan, matter: 2, minute: 60)
    for area in ground.above + [ground.district] + ground.subdistricts {
      write(area, partOf: nil, &scribe)
    }
    for site in puskesmas {
      write(.puskesmas, site.id, site.name, code: site.code, partOf: ground.district.id, &scribe)
      for village in site.villages {
        write(villages[village].area, partOf: site.id, &scribe)
        for number in villages[village].posyandu {
          let code =
            "\(villages[village].area.code).\(number - villages[village].posyandu.lowerBound + 1)"
          write(
            .posyandu, posyandu[number].posyandu.id, posyandu[number].name, code: code,
            partOf: villages[village].area.id, &scribe)
        }
      }
    }
    for pustu in pustu { write(pustu, &scribe) }
    for facility in facilities { write(facility, &scribe) }
    return scribe.take()
  }

  private func write(
    _ area: DistrictGround.Area, partOf: Identifier?, _ scribe: inout OfficeScribe
  ) {
    var body = PlaceBody(
      kind: area.kind, name: Array(area.name.utf8), code: Array(area.code.utf8), partOf: partOf,
      codeIsExample: area.codeIsExample)
    body.within = area.within
    body.source = Array(area.source.utf8)
    body.latitude = area.latitude
    body.longitude = area.longitude
    scribe.write(.place, about: area.id, body.bytes, by: office)
  }

  private func write(
    _ kind: PlaceKind, _ id: Identifier, _ name: String, code: String, partOf: Identifier?,
    within: Identifier? = nil, _ scribe: inout OfficeScribe
  ) {
    var body = PlaceBody(
      kind: kind, name: Array(name.utf8), code: Array(code.utf8), partOf: partOf,
      codeIsExample: true)
    body.within = within
    scribe.write(.place, about: id, body.bytes, by: office)
  }

  private func write(_ pustu: PustuSite, _ scribe: inout OfficeScribe) {
    write(
      .pustu, pustu.id, pustu.name, code: "", partOf: puskesmas[pustu.puskesmas].id,
      within: villages[pustu.villages.lowerBound].area.id, &scribe)
    for village in pustu.villages {
      scribe.write(
        .catchment, about: pustu.id, CatchmentBody(village: villages[village].area.id).bytes,
        by: office)
    }
  }

  private func write(_ facility: FacilitySite, _ scribe: inout OfficeScribe) {
    let village = villages[facility.village]
    write(
      facility.kind, facility.id, facility.name, code: "", partOf: nil, within: village.area.id,
      &scribe)
    let start = CivilDate(
      dayNumber: plan.firstDay.dayNumber - Int32(scribe.draw { $0.whole(10...700) }))
    // One agreement in six has run out and was not renewed.
    let lasts: Int32 = scribe.draw { $0.happens(0.17) } ? 365 * 2 : 365 * 5
    let agreement = AgreementBody(
      number: Array("CONTOH/\(SyntheticNames.padded(facility.serial, to: 3))/PKS".utf8),
      start: start, end: CivilDate(dayNumber: start.dayNumber + lasts),
      with: puskesmas[village.puskesmas].id)
    scribe.write(.agreement, about: facility.id, agreement.bytes, on: start, by: office)
    scribe.write(
      .catchment, about: facility.id, CatchmentBody(village: village.area.id).bytes, by: office)
  }
}
