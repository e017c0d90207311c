import Guidance
import Health
import Journal

extension District {
  /// How far a mother was when she gave birth on a day, by the dating of her own pregnancy: the one
  /// that ended then, or that nobody has ended yet. Nothing where no dated one fits.
  ///
  /// - Parameter facilities: where those are given, only care that was recorded there is read.
  public func gestation(
    ofBirthOn born: CivilDate, by mother: Identifier, on day: CivilDate,
    heldBy facilities: [Identifier]? = nil
  ) throws -> AgeInDays? {
    // The pregnancy of a child that is there tells of no loss.
    guard let care = try care(of: mother, on: day, heldBy: facilities, knowing: .all) else {
      return nil
    }
    for episode in care.record.pregnancies.reversed() {
      // Twins may be born on either side of midnight.
      if let ended = episode.endedOn, abs((ended - born).count) > 1 { continue }
      if let gestation = episode.gestation(on: born),
        DataElement.gestationAtBirth.believes(gestation.count)
      {
        return gestation
      }
    }
    return nil
  }
}
