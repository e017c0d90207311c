/// Why a file of a schedule or of cases cannot be used: what is wrong, and where.
public enum ScheduleFileProblem: Error, Hashable, Sendable {
  /// The file is not JSON, or lacks something that it must have; the second text says what.
  case unreadable(at: String, String)
  /// The file says that it is something else; the text is what it says.
  case otherFormat(String)
  /// The file is of a version that this program does not know.
  case otherVersion(Int)
  /// A period is not written as "12 months - 4 days"; the second text is what is written.
  case period(at: String, String)
  /// A day is not written as 2025-12-31; the second text is what is written.
  case day(at: String, String)
  /// A word is none of those that may stand there; the second text is the word.
  case word(at: String, String)
  /// An antigen is named that the file's list lacks.
  case antigen(at: String, String)
  /// A product code is none of the file's products, or no number from 0 to 65,535.
  case product(at: String, String)
  /// There is more of something than the engine takes; the number is the most that it takes.
  case tooMany(String, most: Int)
}
