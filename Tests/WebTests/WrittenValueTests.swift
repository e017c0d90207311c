import Guidance
import Programmes
import Testing

@testable import Web

/// Values as people write them in a form of a visit.
@Suite struct WrittenValueTests {
  @Test func aReactionOfTheSkinIsWrittenInMillimetres() {
    #expect(VisitPage.value("12", of: .tuberculin) == 120)
    #expect(VisitPage.value("4", of: .tuberculin) == 40)
    #expect(VisitPage.value("4,5", of: .tuberculin) == 45)
    #expect(VisitPage.value("4,55", of: .tuberculin) == nil)
    #expect(DataElement.tuberculin.believes(400) && !DataElement.tuberculin.believes(401))
    // An arm is still written in centimetres.
    #expect(VisitPage.value("12", of: .armCircumference) == 1_200)
  }

  @Test func aDegreeMayBeWrittenWithAPlus() {
    #expect(VisitPage.value("+1", of: .oedemaDegree) == 1)
    #expect(VisitPage.value("3", of: .oedemaDegree) == 3)
    for text in ["+", "++1", "1+", "-1"] {
      #expect(VisitPage.value(text, of: .oedemaDegree) == nil, "\(text)")
    }
  }
}
