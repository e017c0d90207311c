import Health

/// Forms as bytes, for whoever draws them without the server: what they can ask at all, and what
/// they ask of one person today. Format: docs/formats/forms.md.
public enum PackedForms {
  /// The version that this program writes.
  public static let version: UInt8 = 3

  /// All forms with all that they can ask.
  public static func definitions(of forms: [VisitForm]) -> [UInt8] {
    var writer = ByteWriter(capacity: 4_096)
    writer.byte(0x53)
    writer.byte(0x46)
    writer.byte(version)
    writer.unsigned(UInt64(forms.count))
    for form in forms {
      writer.unsigned(UInt64(form.number))
      writer.unsigned(UInt64(form.purposes.rawValue))
      writer.unsigned(UInt64(form.sections.count))
      for section in form.sections {
        writer.byte(section.drawing)
        writer.unsigned(UInt64(section.questions.count))
        for question in section.questions { write(question, to: &writer) }
      }
    }
    return writer.bytes
  }

  private static func write(_ question: FormQuestion, to writer: inout ByteWriter) {
    writer.unsigned(UInt64(question.element.code))
    writer.byte(question.isNeeded ? 1 : 0)
    writer.byte(question.element.matter.rawValue)
    writer.unsigned(UInt64(question.performers.rawValue))
    switch question.element.form {
    case .yesNo: writer.byte(1)
    case .quantity(let unit, let range):
      writer.byte(2)
      writer.byte(unit.rawValue)
      writer.signed(Int64(range.lowerBound))
      writer.signed(Int64(range.upperBound))
    case .choice(let count):
      writer.byte(3)
      writer.byte(count)
    case .day: writer.byte(4)
    }
  }

  /// The forms that are for a person on the evaluation's day, and what each asks.
  ///
  /// - Parameter matters: the sensitive matters that their reader may know of. That a form is for
  ///   somebody, or that something is asked, tells of them too.
  public static func asked(
    _ forms: [VisitForm], _ evaluation: inout Evaluation, knowing matters: SensitiveMatters = .all
  ) -> [UInt8] {
    var body = ByteWriter(capacity: 1_024)
    var count: UInt64 = 0
    for form in forms
    where matters.isSuperset(of: form.applies.matter) && form.answer(&evaluation) == .yes {
      count += 1
      body.unsigned(UInt64(form.number))
      var questions: [(part: Int, element: UInt16)] = []
      form.asked(&evaluation) { part, question in
        if matters.asked.isSuperset(of: question.element.matter) {
          questions.append((part, question.element.code))
        }
      }
      body.unsigned(UInt64(questions.count))
      for question in questions {
        body.unsigned(UInt64(question.part))
        body.unsigned(UInt64(question.element))
      }
    }
    var writer = ByteWriter(capacity: 16 + body.bytes.count)
    writer.byte(0x53)
    writer.byte(0x51)
    writer.byte(version)
    writer.signed(Int64(evaluation.day.dayNumber))
    writer.unsigned(count)
    writer.raw(body.bytes)
    return writer.bytes
  }
}
