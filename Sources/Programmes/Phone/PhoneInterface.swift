#if arch(wasm32)
  import Health

  // What the page calls. It starts the core once and notes `phoneMark`; then for each call it sets
  // the heap back to the mark, copies a packed timeline to `phoneInput`, calls `phoneGrowth`, and
  // reads the packed answer through `phoneOutput`.
  //
  // What a call leaves behind is overwritten by the next one, so no Swift value may outlive its
  // call: the answer is kept as plain bytes, and everything that Swift makes once and keeps is made
  // by `phoneStart`, below the mark. So are the settings: bytes in a room that `phoneStart` made,
  // read again within each call.

  nonisolated(unsafe) private var input: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private var output: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private var outputCount: Int32 = 0
  nonisolated(unsafe) private var settings: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private var settingsCount: Int32 = 0
  /// Far more than packed settings need.
  private let settingsCapacity: Int32 = 4096

  /// Unpacks the growth tables and makes every other value that is made on first use.
  @_expose(wasm, "phoneStart")
  @_cdecl("phoneStart")
  public func phoneStart() {
    _ = ChildGrowthStandards.shared
    _ = SchoolAgeGrowthReference.shared
    settings = .allocate(capacity: Int(settingsCapacity))
    settingsCount = 0
    for sex in Sex.allCases {
      let bytes = WarmUp.timeline(sex: sex)
      _ = bytes.withUnsafeBufferPointer { answer($0) }
    }
    let packed = PackedSettings.pack(GrowthSettings())
    _ = packed.withUnsafeBufferPointer { keep($0) }
    for sex in Sex.allCases {
      let bytes = WarmUp.timeline(sex: sex)
      _ = bytes.withUnsafeBufferPointer { answer($0) }
    }
    settingsCount = 0
    output = nil
    outputCount = 0
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
    answer(UnsafeBufferPointer(start: input, count: Int(count)))
  }

  /// Takes the packed settings in the room for all later calls; with none, the defaults.
  ///
  /// - Returns: 0, or a negative number where they cannot be read: then those before stay.
  @_expose(wasm, "phoneSettings")
  @_cdecl("phoneSettings")
  public func phoneSettings(_ count: Int32) -> Int32 {
    keep(UnsafeBufferPointer(start: input, count: Int(count)))
  }

  private func keep(_ packed: UnsafeBufferPointer<UInt8>) -> Int32 {
    guard let settings, packed.count <= Int(settingsCapacity) else { return -1 }
    do throws(WireError) {
      _ = try PackedSettings.unpack(packed)
    } catch { return -1 }
    for index in packed.indices { settings[index] = packed[index] }
    settingsCount = Int32(packed.count)
    return 0
  }

  private func answer(_ timeline: UnsafeBufferPointer<UInt8>) -> Int32 {
    do throws(WireError) {
      let inForce = try PackedSettings.unpack(
        UnsafeBufferPointer(start: settings, count: Int(settingsCount)))
      let packed = try PackedGrowth.pack(timeline: timeline, settings: inForce)
      let room = UnsafeMutablePointer<UInt8>.allocate(capacity: packed.count)
      for index in packed.indices { room[index] = packed[index] }
      output = room
      outputCount = Int32(packed.count)
      return outputCount
    } catch {
      outputCount = 0
      return -1
    }
  }

  /// Copies the answer to `room`, which holds as many bytes as the call returned.
  @_expose(wasm, "phoneOutput")
  @_cdecl("phoneOutput")
  public func phoneOutput(_ room: UnsafeMutablePointer<UInt8>) {
    guard let output else { return }
    for index in 0..<Int(outputCount) { room[index] = output[index] }
  }

  /// A made-up child that takes the rules through all that they know: every measurement, every
  /// index, gaining and not gaining, a correction and a withdrawal, oedema.
  private enum WarmUp {
    static func timeline(sex: Sex) -> [UInt8] {
      var person = PersonBody()
      person.birthDate = CivilDate(dayNumber: 19_000)
      person.birthDateCertainty = .exact
      person.sex = sex
      var timeline = Timeline()
      let home = Identifier(high: 0, low: 1)
      add(fact(1, .person, 19_000, person.bytes), to: &timeline)
      add(fact(2, .residence, 19_000, ResidenceBody(place: home).bytes), to: &timeline)
      for visit in UInt64(0)..<30 {
        var body = MeasurementBody()
        body.weight = Mass(grams: Int32(3500 + 400 * (visit % 7)))
        body.length = Length(tenthsOfMillimetre: Int32(5000 + 150 * visit))
        body.position = visit % 3 == 0 ? nil : visit % 3 == 1 ? .lying : .standing
        body.headCircumference = Length(tenthsOfMillimetre: 4200)
        body.armCircumference = Length(tenthsOfMillimetre: Int32(1000 + 20 * visit))
        body.tricepsSkinfold = Length(tenthsOfMillimetre: 80)
        body.subscapularSkinfold = Length(tenthsOfMillimetre: 70)
        body.hasOedema = visit == 12
        add(fact(10 + visit, .measurement, Int32(19_020 + 30 * visit), body.bytes), to: &timeline)
      }
      add(fact(50, .measurement, 19_050, MeasurementBody().bytes, replaces: 11), to: &timeline)
      add(fact(51, .withdrawal, 19_951, [], replaces: 12), to: &timeline)
      add(fact(52, .departure, 19_960, []), to: &timeline)
      add(fact(53, .death, 19_970, []), to: &timeline)
      return timeline.bytes
    }

    private static func fact(
      _ number: UInt64, _ kind: FactKind, _ day: Int32, _ body: [UInt8], replaces: UInt64? = nil
    ) -> Fact {
      Fact(
        id: Identifier(high: 0, low: number), subject: Identifier(high: 0, low: 0), kind: kind,
        occurredOn: CivilDate(dayNumber: day), recordedAt: Instant(milliseconds: 0),
        replaces: replaces.map { Identifier(high: 0, low: $0) }, body: body)
    }

    private static func add(_ fact: Fact, to timeline: inout Timeline) {
      do throws(WireError) { try timeline.insert(fact) } catch {}
    }
  }
#endif
