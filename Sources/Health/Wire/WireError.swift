/// Why a packed buffer could not be read. Nothing of a buffer that fails is used.
public enum WireError: Error, Hashable, Sendable {
  /// The buffer ends inside a value.
  case endsEarly
  /// A variable-length number has more than ten bytes or does not fit its type.
  case numberTooLarge
  /// The buffer does not start with the format's mark.
  case notThisFormat
  /// The buffer is of a version that this program does not know.
  case unknownVersion(UInt8)
  /// A field comes twice or out of order, so the bytes are not canonical.
  case fieldsOutOfOrder
  /// A field has a form that is not defined.
  case unknownForm
  /// A length or count is larger than the limit for it.
  case limitExceeded
}
