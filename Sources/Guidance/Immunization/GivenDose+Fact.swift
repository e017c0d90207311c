import Health

extension GivenDose {
  /// The dose that a vaccination fact tells of.
  ///
  /// - Parameters:
  ///   - body: the fact's body.
  ///   - day: the fact's day.
  public init(_ body: VaccinationBody, on day: CivilDate) {
    self.init(ProductCode(body.product), on: day, isSubstandard: body.spoiled != nil)
  }
}
