import Health

/// The words of lists of workers.
enum StaffWords {
  /// Roles by what they may do, not by profession: a midwife may be in a Pustu or in a cluster.
  static let roles = ListWords<Role>([
    (.kader, ["Kader", "Kader Posyandu"]),
    (
      .pustuWorker, ["Petugas Pustu", "Bidan Desa", "Bidan Pustu", "Perawat Pustu", "Pustu worker"]
    ),
    (.clusterWorker, ["Petugas Klaster", "Petugas Puskesmas", "Cluster worker"]),
    (.puskesmasHead, ["Kepala Puskesmas", "Head of Puskesmas"]),
    (.dataManager, ["Pengelola Data", "Manajer Data", "Petugas Data", "Data manager"]),
    (.privateFacility, ["Fasilitas Swasta", "Faskes Swasta", "Private facility"]),
    (
      .districtManager,
      ["Pengelola Program Kabupaten", "Pengelola Program Dinas", "District manager"]
    ),
    (.auditor, ["Auditor"]),
    (.otherSector, ["Lintas Sektor", "Other sector"]),
    (.administrator, ["Administrator", "Admin"]),
  ])

  /// Where somebody may have a role.
  static func places(of role: Role) -> Set<PlaceKind> {
    switch role {
    case .kader: [.posyandu, .village]
    case .pustuWorker: [.pustu, .village]
    case .clusterWorker, .puskesmasHead, .dataManager: [.puskesmas]
    case .privateFacility: Set(PlaceKind.allCases.filter(\.isNetworkFacility))
    case .districtManager, .otherSector: [.district]
    case .auditor, .administrator: [.district, .puskesmas]
    }
  }

  /// `2`, `Klaster 2, 3`, `K1/K4`, `Lintas klaster`; nothing where a part is none of these.
  static func clusters(_ text: String) -> Clusters? {
    var result: Clusters = []
    let plain = text.uppercased().replacing(" DAN ", with: ",").replacing(" AND ", with: ",")
    for part in plain.split(whereSeparator: { ",;/&+.".contains($0) }) {
      guard let cluster = names[TextValues.key(part)] else { return nil }
      result.insert(cluster)
    }
    return result.isEmpty ? nil : result
  }

  private static let names: [String: Clusters] = {
    let crossing = ["5", "LINTASKLASTER", "LINTASKLUSTER", "LINTAS", "CROSSCLUSTER"]
    var names = Dictionary(uniqueKeysWithValues: crossing.map { ($0, Clusters.crossCluster) })
    let numbered: [Clusters] = [.management, .motherAndChild, .adult, .communicable, .crossCluster]
    for (position, cluster) in numbered.enumerated() {
      for word in ["", "K", "KLASTER", "KLUSTER", "CLUSTER"] {
        names["\(word)\(position + 1)"] = cluster
      }
    }
    return names
  }()

  /// A user name in small letters: 3 to 64 letters, digits, dots, hyphens and underscores, the first
  /// of them a letter.
  static func userName(_ text: String) -> String? {
    let name = text.lowercased()
    guard (3...64).contains(name.utf8.count), name.utf8.count == name.count,
      let first = name.unicodeScalars.first, ("a"..."z").contains(first),
      name.unicodeScalars.allSatisfy({
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || ".-_".unicodeScalars.contains($0)
      })
    else { return nil }
    return name
  }
}
