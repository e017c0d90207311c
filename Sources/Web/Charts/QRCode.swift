import CQRCode

/// A QR code as a drawing of one path.
enum QRCode {
  /// What the phone's camera reads around the code: so many modules of white.
  private static let margin = 4

  /// The drawing; nothing where the text is too long for a code.
  ///
  /// - Parameters:
  ///   - text: what the camera reads, ASCII.
  ///   - label: what the drawing is, for those who do not see it.
  static func svg(_ text: String, label: String) -> String? {
    let bytes = Array(text.utf8)
    guard
      let code = bytes.withUnsafeBufferPointer({
        QRcode_encodeData(Int32($0.count), $0.baseAddress, 0, QR_ECLEVEL_M)
      })
    else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    guard let modules = code.pointee.data else { return nil }
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        var end = column
        while end < width, modules[row * width + end] & 1 == 1 { end += 1 }
        if end > column {
          path += "M\(column + margin) \(row + margin)h\(end - column)v1h-\(end - column)z"
        }
        column = max(end, column + 1)
      }
    }
    let side = width + 2 * margin
    return "<svg class=\"qr\" viewBox=\"0 0 \(side) \(side)\" role=\"img\" "
      + "aria-label=\"\(Markup.escape(label))\" shape-rendering=\"crispEdges\">"
      + "<path fill=\"#fff\" d=\"M0 0h\(side)v\(side)h-\(side)z\"/>"
      + "<path fill=\"#000\" d=\"\(path)\"/></svg>"
  }
}
