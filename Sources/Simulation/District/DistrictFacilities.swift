import Health

/// A Pustu with the villages that it looks after.
struct PustuSite: Sendable {
  let id: Identifier
  let name: String
  let puskesmas: Int
  let villages: Range<Int>
}

/// A private facility, or the hospital.
struct FacilitySite: Sendable {
  let id: Identifier
  let serial: Int
  let kind: PlaceKind
  let name: String
  let village: Int
  /// Who writes there.
  let author: Author
  /// The Puskesmas in whose area it lies.
  let puskesmas: Int
}

extension DistrictMap {
  /// Villages that one Pustu looks after, at most.
  static let villagesPerPustu = 3

  /// All Pustu.
  var pustu: [PustuSite] {
    puskesmas.indices.flatMap { number in
      let villages = puskesmas[number].villages
      return stride(
        from: villages.lowerBound, to: villages.upperBound, by: DistrictMap.villagesPerPustu
      )
      .map { first in
        PustuSite(
          id: plan.identifier("pustu \(first)"),
          name: "Pustu Contoh \(self.villages[first].area.name)", puskesmas: number,
          villages: first..<min(first + DistrictMap.villagesPerPustu, villages.upperBound))
      }
    }
  }

  /// All private facilities: a midwife's practice in every Puskesmas' area, other kinds in turn,
  /// and one hospital.
  var facilities: [FacilitySite] {
    let others: [PlaceKind] = [.clinic, .pharmacy, .doctorPractice, .laboratory]
    var sites: [FacilitySite] = []
    for number in puskesmas.indices {
      let villages = puskesmas[number].villages
      let kinds = [.midwifePractice, others[number % 4], others[(number + 1) % 4]]
      for (place, kind) in kinds.enumerated() {
        let village = villages.lowerBound + place * (villages.count - 1) / 2
        sites.append(facility(kind, serial: sites.count + 1, in: village))
      }
    }
    let largest = villages.indices.max { villages[$0].people < villages[$1].people }
    return sites + [facility(.hospital, serial: sites.count + 1, in: largest ?? 0)]
  }

  /// The midwife's practice of a Puskesmas' area.
  func midwifePractice(of puskesmas: Int) -> FacilitySite {
    facility(
      .midwifePractice, serial: puskesmas * 3 + 1, in: self.puskesmas[puskesmas].villages.lowerBound
    )
  }

  private func facility(_ kind: PlaceKind, serial: Int, in village: Int) -> FacilitySite {
    let title =
      switch kind {
      case .clinic: "Klinik"
      case .pharmacy: "Apotek"
      case .doctorPractice: "Praktik Dokter"
      case .laboratory: "Laboratorium"
      case .hospital: "Rumah Sakit"
      default: "Praktik Bidan"
      }
    return FacilitySite(
      id: plan.identifier("facility \(serial)"), serial: serial, kind: kind,
      name:
        "\(title) Contoh \(SyntheticNames.plant(serial)) \(SyntheticNames.padded(serial, to: 2))",
      village: village,
      author: Author(
        recorder: plan.identifier("facility worker \(serial)"),
        device: plan.identifier("facility computer \(serial)")),
      puskesmas: villages[village].puskesmas)
  }
}
