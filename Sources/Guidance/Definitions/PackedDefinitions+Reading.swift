import Health

extension PackedDefinitions {
  /// Reads packed definitions. Names are empty, and every source is the same empty one.
  ///
  /// - Throws: ``WireError`` where the bytes are no definitions of this version.
  public static func unpack(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> CareDefinitions {
    var reader = DefinitionReader(bytes)
    guard try reader.byte() == mark.0, try reader.byte() == mark.1 else { throw .notThisFormat }
    let written = try reader.byte()
    guard written == version else { throw .unknownVersion(written) }
    try reader.readSettings()
    let guidelines = try reader.list { reader throws(WireError) in try reader.guideline() }
    let forms = try reader.list { reader throws(WireError) in try reader.form() }
    guard reader.isAtEnd else { throw .unknownForm }
    return CareDefinitions(guidelines, forms: forms, settings: reader.settings)
  }
}
