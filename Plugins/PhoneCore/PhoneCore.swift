import Foundation
import PackagePlugin

/// Compiles the clinical core's sources to WebAssembly during a plain `swift build`.
///
/// The same files that the server links are compiled as Embedded Swift, module by module, and
/// linked with the small C runtime. First comes a program that writes guidelines and forms packed
/// as a C file, which the toolchain's own `wasmkit` runs at once. Then come the two that are put
/// among the web target's resources: `core.wasm`, growth alone, and `care.wasm`, everything, which
/// carries the packed guidelines in place of the code that makes them. Imports are refused
/// altogether, so that a missing symbol fails the build instead of becoming a silent call.
@main
struct PhoneCore: BuildToolPlugin {
  /// The modules of the core, each after those that it imports.
  static let modules = ["Health", "Guidance", "Programmes"]
  /// What a page calls to know of growth.
  static let growthExports = [
    "phoneMark", "phoneRelease", "phoneStart", "phoneInput", "phoneOutput", "phoneGrowth",
    "phoneSettings",
  ]
  /// What a page calls to know of care.
  static let careExports = [
    "phoneCare", "phonePlan", "phoneQuestions", "phoneVaccinations", "phoneForms",
  ]
  /// A stack that overflows ends in a trap, and not in the data below it.
  static let link = "wasm-ld --gc-sections --strip-all --stack-first -z stack-size=262144"
  static let compileC = "clang --target=wasm32 -O2 -fno-builtin -mbulk-memory"

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.pluginWorkDirectoryURL
    func file(_ name: String) -> String { quoted(folder.appending(path: name)) }
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
        -emit-module -emit-module-path \(file(name + ".swiftmodule")) \
        -c \(files.map(quoted).joined(separator: " ")) -o \(file(name + ".o"))
        """)
    }
    var objects = PhoneCore.modules.map { file($0 + ".o") }
    for source in try sources(of: "PhoneRuntime", suffix: "c", in: context.package) {
      inputs.append(source)
      let object = source.deletingPathExtension().lastPathComponent + ".o"
      let isWriter = object == "definitions.o"
      steps.append(
        "\(PhoneCore.compileC)\(isWriter ? " -DPHONE_WRITES_DEFINITIONS" : "") "
          + "-c \(quoted(source)) -o \(file(object))")
      if !isWriter { objects.append(file(object)) }
    }
    let all = objects.joined(separator: " ")
    steps.append(
      """
      \(PhoneCore.link) \(all) \(file("definitions.o")) -o \(file("writer.wasm"))
      wasmkit run \(file("writer.wasm")) > \(file("packed.c"))
      \(PhoneCore.compileC) -c \(file("packed.c")) -o \(file("packed.o"))
      """)
    let outputs = [
      ("core.wasm", PhoneCore.growthExports),
      ("care.wasm", PhoneCore.growthExports + PhoneCore.careExports),
    ]
    for (name, exports) in outputs {
      steps.append(
        "\(PhoneCore.link) --no-entry \(exports.map { "--export=" + $0 }.joined(separator: " ")) "
          + "\(all) \(file("packed.o")) -o \(file(name))")
    }
    return [
      .buildCommand(
        displayName: "Compiling the clinical core for the phone",
        executable: URL(fileURLWithPath: "/bin/sh"),
        arguments: ["-c", steps.joined(separator: "\n")],
        inputFiles: inputs, outputFiles: outputs.map { folder.appending(path: $0.0) })
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
