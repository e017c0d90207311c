import Guidance

extension Source {
  /// A place in the decree on integrated primary care.
  static func integratedPrimaryCare(
    _ place: StaticString, _ standing: Standing = .secondary
  ) -> Source {
    Source(
      id: "kmk-2015-2023", title: "Petunjuk Teknis Integrasi Pelayanan Kesehatan Primer",
      edition: "HK.01.07/MENKES/2015/2023", place: place, standing: standing)
  }
}
