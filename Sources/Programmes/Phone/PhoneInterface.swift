#if arch(wasm32)
  import Health

  // What the page calls. A call copies a packed timeline to `phoneInput`, calls `phoneGrowth`, and
  // reads the packed answer from `phoneOutput`. Memory of a call is released by the next one.

  nonisolated(unsafe) private var input: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private var output: [UInt8] = []

  /// Unpacks the growth tables, so that they lie below the memory that calls release.
  @_expose(wasm, "phoneStart")
  @_cdecl("phoneStart")
  public func phoneStart() {
    _ = ChildGrowthStandards.shared
    _ = SchoolAgeGrowthReference.shared
    // One call through everything makes the lazy values that would otherwise be made later.
    let empty = Timeline().bytes
    _ = empty.withUnsafeBufferPointer { phoneGrowth(Int32($0.count), from: $0) }
  }

  /// Room for a packed timeline of `count` bytes.
  @_expose(wasm, "phoneInput")
  @_cdecl("phoneInput")
  public func phoneInput(_ count: Int32) -> UnsafeMutablePointer<UInt8> {
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: Int(count))
    input = room
    return room
  }

  /// Works out growth of the timeline in the room.
  ///
  /// - Returns: the size of the answer, or a negative number where the timeline cannot be read.
  @_expose(wasm, "phoneGrowth")
  @_cdecl("phoneGrowth")
  public func phoneGrowth(_ count: Int32) -> Int32 {
    phoneGrowth(count, from: UnsafeBufferPointer(start: input, count: Int(count)))
  }

  private func phoneGrowth(_ count: Int32, from buffer: UnsafeBufferPointer<UInt8>) -> Int32 {
    do throws(WireError) {
      output = try PackedGrowth.pack(timeline: buffer)
      return Int32(output.count)
    } catch {
      output = []
      return -1
    }
  }

  /// Copies the answer to `room`, which holds as many bytes as the call returned.
  @_expose(wasm, "phoneOutput")
  @_cdecl("phoneOutput")
  public func phoneOutput(_ room: UnsafeMutablePointer<UInt8>) {
    for index in output.indices { room[index] = output[index] }
  }
#endif
