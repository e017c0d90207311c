#if arch(wasm32)
  import Guidance
  import Health

  // What the page calls. It starts the core once and notes `phoneMark`; then for each call it sets
  // the heap back to the mark, copies what it asks about to `phoneInput`, asks, and reads the packed
  // answer through `phoneOutput`.
  //
  // What a call leaves behind is overwritten by the next one, so no Swift value may outlive its
  // call: the answer is kept as plain bytes, and so are the settings of growth, in a room that
  // `phoneStart` made, read again within each call. What Swift makes once and keeps is taken from
  // memory of its own (`swift_once` in runtime.c). What `phoneCare` makes lies below the mark that
  // the page notes after it.
  //
  // The build links this twice: core.wasm exports growth alone, care.wasm all but the last function,
  // which a program that runs during the build calls (Plugins/PhoneCore).

  nonisolated(unsafe) private var input: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private var output: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private var outputCount: Int32 = 0
  nonisolated(unsafe) private var settings: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private var settingsCount: Int32 = 0
  /// Far more than packed settings need.
  private let settingsCapacity: Int32 = 4096

  /// The guidelines and forms; made by the first `phoneCare`.
  nonisolated(unsafe) private var definitions: CareDefinitions?
  nonisolated(unsafe) private var care: PhoneCare?

  /// What cannot be read.
  private let unreadable: Int32 = -1
  /// `phoneCare` was not called before.
  private let notReady: Int32 = -2

  /// Packed guidelines and forms; the build puts them beside the core.
  @_extern(c, "phoneDefinitions")
  private func packedDefinitions() -> UnsafePointer<UInt8>?
  @_extern(c, "phoneDefinitionsCount")
  private func packedDefinitionsCount() -> Int32

  /// Unpacks the growth tables.
  @_cdecl("phoneStart")
  public func phoneStart() {
    _ = ChildGrowthStandards.shared
    _ = SchoolAgeGrowthReference.shared
    settings = .allocate(capacity: Int(settingsCapacity))
    settingsCount = 0
    output = nil
    outputCount = 0
  }

  /// Room for a packed timeline or packed settings of `count` bytes.
  @_cdecl("phoneInput")
  public func phoneInput(_ count: Int32) -> UnsafeMutablePointer<UInt8> {
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: Int(count))
    input = room
    return room
  }

  /// Copies the answer to `room`, which holds as many bytes as the call returned.
  @_cdecl("phoneOutput")
  public func phoneOutput(_ room: UnsafeMutablePointer<UInt8>) {
    guard let output else { return }
    for index in 0..<Int(outputCount) { room[index] = output[index] }
  }

  private func given(_ count: Int32) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: input, count: Int(max(0, count)))
  }

  private func give(_ work: () throws(WireError) -> [UInt8]) -> Int32 {
    outputCount = 0
    do throws(WireError) {
      let packed = try work()
      let room = UnsafeMutablePointer<UInt8>.allocate(capacity: packed.count)
      for index in packed.indices { room[index] = packed[index] }
      output = room
      outputCount = Int32(packed.count)
      return outputCount
    } catch {
      return unreadable
    }
  }

  // MARK: Growth

  /// Works out growth of the timeline in the room.
  ///
  /// - Returns: the size of the answer, or a negative number where the timeline cannot be read.
  @_cdecl("phoneGrowth")
  public func phoneGrowth(_ count: Int32) -> Int32 {
    give { () throws(WireError) in
      let inForce = try PackedSettings.unpack(
        UnsafeBufferPointer(start: settings, count: Int(settingsCount)))
      return try PackedGrowth.pack(timeline: given(count), settings: inForce)
    }
  }

  /// Takes the packed settings of growth in the room for all later calls of `phoneGrowth`; with
  /// none, the defaults.
  ///
  /// - Returns: 0, or a negative number where they cannot be read: then those before stay.
  @_cdecl("phoneSettings")
  public func phoneSettings(_ count: Int32) -> Int32 {
    let packed = given(count)
    guard let settings, packed.count <= Int(settingsCapacity) else { return unreadable }
    do throws(WireError) {
      _ = try PackedSettings.unpack(packed)
    } catch { return unreadable }
    for index in packed.indices { settings[index] = packed[index] }
    settingsCount = Int32(packed.count)
    return 0
  }

  // MARK: Care

  /// Makes ready for care under the packed settings of a district in the room; with none, under the
  /// defaults. The page notes `phoneMark` anew after it.
  ///
  /// - Parameter matters: the sensitive matters that the phone's user may know of, a bit for each;
  ///   answers tell of no other.
  /// - Returns: 0, or a negative number where the settings cannot be read: then those before stay.
  @_cdecl("phoneCare")
  public func phoneCare(_ count: Int32, _ matters: Int32) -> Int32 {
    do throws(WireError) {
      let all: CareDefinitions
      if let definitions {
        all = definitions
      } else {
        all = try PackedDefinitions.unpack(
          UnsafeBufferPointer(
            start: packedDefinitions(), count: Int(packedDefinitionsCount())))
        definitions = all
      }
      let inForce = try PackedDistrictSettings.unpack(given(count), known: all.settings)
      care = PhoneCare(
        all, settings: inForce,
        knowing: SensitiveMatters(rawValue: UInt8(truncatingIfNeeded: matters)))
      return 0
    } catch { return unreadable }
  }

  /// Works out the care plan of the timeline in the room on a day (days since 1970-01-01).
  ///
  /// - Returns: the size of the answer, or a negative number where the timeline cannot be read, no
  ///   fact may carry the day, or `phoneCare` was not called.
  @_cdecl("phonePlan")
  public func phonePlan(_ count: Int32, _ day: Int32) -> Int32 {
    guard let care else { return notReady }
    return give { () throws(WireError) in
      try care.plan(of: given(count), on: CivilDate(dayNumber: day))
    }
  }

  /// Which forms are for the person of the timeline in the room on a day, and what each asks.
  ///
  /// - Returns: as `phonePlan`.
  @_cdecl("phoneQuestions")
  public func phoneQuestions(_ count: Int32, _ day: Int32) -> Int32 {
    guard let care else { return notReady }
    return give { () throws(WireError) in
      try care.questions(of: given(count), on: CivilDate(dayNumber: day))
    }
  }

  /// What the doses of the timeline in the room are worth on a day, and the next ones.
  ///
  /// - Returns: as `phonePlan`.
  @_cdecl("phoneVaccinations")
  public func phoneVaccinations(_ count: Int32, _ day: Int32) -> Int32 {
    guard let care else { return notReady }
    return give { () throws(WireError) in
      try care.vaccinations(of: given(count), on: CivilDate(dayNumber: day))
    }
  }

  /// All forms with all that they can ask.
  ///
  /// - Returns: the size of the answer, or a negative number where `phoneCare` was not called.
  @_cdecl("phoneForms")
  public func phoneForms() -> Int32 {
    guard let definitions else { return notReady }
    return give { () throws(WireError) in PackedForms.definitions(of: definitions.forms) }
  }

  // MARK: The build

  /// Packs guidelines and forms: called while the core is built, and not part of it.
  ///
  /// - Returns: the size of the answer.
  @_cdecl("phonePackDefinitions")
  public func phonePackDefinitions() -> Int32 {
    give { () throws(WireError) in PackedDefinitions.pack(.motherAndChild) }
  }
#endif
