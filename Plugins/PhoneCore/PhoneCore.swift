import Foundation
import PackagePlugin

/// Compiles the clinical core's sources to one WebAssembly file during a plain `swift build`.
///
/// The same files that the server links are compiled as Embedded Swift, module by module, linked
/// with the small C runtime, and put among the web target's resources as `core.wasm`. Imports are
/// refused altogether, so that a missing symbol fails the build instead of becoming a silent call.
@main
struct PhoneCore: BuildToolPlugin {
  /// The modules of the core, each after those that it imports.
  static let modules = ["Health", "Guidance", "Programmes"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.pluginWorkDirectoryURL
    let output = folder.appending(path: "core.wasm")
    var inputs: [URL] = []
    var steps = ["set -eu"]
    for name in PhoneCore.modules {
      let files = try sources(of: name, suffix: "swift", in: context.package)
      inputs += files
      steps.append(
        """
        swiftc -target wasm32-unknown-none-wasm -swift-version 6 -wmo -Osize -parse-as-library \
        -enable-experimental-feature Embedded -enable-experimental-feature Extern \
        -Xfrontend -disable-stack-protector -I \(quoted(folder)) -module-name \(name) \
        -emit-module -emit-module-path \(quoted(folder.appending(path: name + ".swiftmodule"))) \
        -c \(files.map(quoted).joined(separator: " ")) \
        -o \(quoted(folder.appending(path: name + ".o")))
        """)
    }
    let runtime = try sources(of: "PhoneRuntime", suffix: "c", in: context.package)
    inputs += runtime
    steps.append(
      """
      clang --target=wasm32 -O2 -fno-builtin -mbulk-memory \
      -c \(runtime.map(quoted).joined(separator: " ")) \
      -o \(quoted(folder.appending(path: "runtime.o")))
      """)
    let objects = (PhoneCore.modules + ["runtime"]).map { folder.appending(path: $0 + ".o") }
    steps.append(
      """
      wasm-ld --no-entry --gc-sections --strip-all --export=phoneMark --export=phoneRelease \
      \(objects.map(quoted).joined(separator: " ")) -o \(quoted(output))
      """)
    return [
      .buildCommand(
        displayName: "Compiling the clinical core for the phone",
        executable: URL(fileURLWithPath: "/bin/sh"),
        arguments: ["-c", steps.joined(separator: "\n")],
        inputFiles: inputs, outputFiles: [output])
    ]
  }

  private func sources(of name: String, suffix: String, in package: Package) throws -> [URL] {
    for target in package.targets where target.name == name {
      guard let module = target as? any SourceModuleTarget else { continue }
      return module.sourceFiles(withSuffix: suffix).map(\.url).sorted { $0.path < $1.path }
    }
    throw MissingTarget(name: name)
  }

  private func quoted(_ url: URL) -> String {
    "'" + url.path.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}

/// The package has no target of that name, so the phone's core cannot be made.
struct MissingTarget: Error {
  let name: String
}
