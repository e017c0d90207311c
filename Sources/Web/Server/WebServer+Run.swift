import Hummingbird

extension WebServer {
  /// Serves until the process is told to stop; answers under way are finished first.
  public func run(port: Int) async throws {
    try await application(port: port).runService()
  }
}
