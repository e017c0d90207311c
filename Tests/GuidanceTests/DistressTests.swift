import Guidance
import Health
import Programmes
import Testing

/// Distress of a mother is read by few: nothing that others need may hang on it.
@Suite("Distress of a mother")
struct DistressTests {
  private static let guidelines = Guideline.motherAndChild

  @Test("No class, score or service is hidden with it, so that a kader sees all of them")
  func nothingHangsOnIt() {
    for table in Self.guidelines.flatMap(\.tables) {
      #expect(!table.matter.contains(.distress), "\(table.name)")
    }
    for service in Self.guidelines.flatMap(\.services) {
      #expect(!service.matter.contains(.distress), "\(service.name)")
    }
  }

  @Test("Sadness and sleeplessness alone are told under it")
  func elements() {
    let told = Set(
      Self.guidelines.flatMap(\.dangerSigns).map(\.element).filter { $0.matter == .distress })
    #expect(told == [.sleeplessAnxious, .persistentSadness])
  }
}
