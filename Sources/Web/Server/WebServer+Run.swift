import Foundation
import Hummingbird
import NIOCore

/// Why the server cannot begin to listen.
public enum ListenProblem: Error, Hashable, Sendable {
  /// There is no such port: they go from 0 (any that is free) to 65535.
  case noSuchPort(Int)
  /// Another program listens there already.
  case portTaken(Int)
  /// The operating system keeps the port for others, most often one below 1024.
  case portNotAllowed(Int)
}

extension WebServer {
  /// Serves until the process is told to stop; answers under way are finished first.
  ///
  /// - Parameters:
  ///   - port: where to listen on the loopback address; 0 takes any that is free.
  ///   - onReady: told the port once the server listens.
  /// - Throws: ``ListenProblem`` where it cannot listen there.
  public func run(port: Int, onReady: @escaping @Sendable (Int) -> Void) async throws {
    guard (0...65_535).contains(port) else { throw ListenProblem.noSuchPort(port) }
    do {
      try await application(port: port) { onReady($0.localAddress?.port ?? port) }.runService()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw ListenProblem.portTaken(port)
    } catch let error as IOError where error.errnoCode == EACCES {
      throw ListenProblem.portNotAllowed(port)
    }
  }
}
