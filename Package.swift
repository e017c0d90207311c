// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 language mode (the default of these tools), and no warning stays.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "sikilap",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "sikilap", targets: ["sikilap"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
  ],
  targets: [
    .target(name: "Health", swiftSettings: strict),
    .target(name: "Guidance", dependencies: ["Health"], swiftSettings: strict),
    .target(name: "Programmes", dependencies: ["Guidance", "Health"], swiftSettings: strict),
    .target(
      name: "Monitoring", dependencies: ["Programmes", "Guidance", "Health"], swiftSettings: strict),
    .systemLibrary(
      name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
    .target(
      name: "Journal",
      dependencies: [
        "Health", "CLibCrypto", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CQRCode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(
      name: "Exchange",
      dependencies: [
        "Monitoring", "Journal", "Programmes", "Guidance", "Health", "CZip", "CExpat",
        "CXLSXWriter", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "Services",
      dependencies: [
        "Exchange", "Journal", "Monitoring", "Programmes", "Guidance", "Health", "CArgon2",
        "CLibCrypto", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      resources: [.copy("Resources")],
      swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: [
        "Services", "Exchange", "Journal", "Monitoring", "Programmes", "Guidance", "Health",
        "CQRCode",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      resources: [.copy("Templates"), .copy("Assets")],
      swiftSettings: strict,
      plugins: ["PhoneCore"]),
    .target(
      name: "Simulation",
      dependencies: ["Services", "Journal", "Programmes", "Guidance", "Health"],
      swiftSettings: strict),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["Simulation", "Services", "Programmes", "Guidance", "Health"],
      swiftSettings: strict),
    .executableTarget(
      name: "sikilap",
      dependencies: [
        "Web", "Simulation", "Services", "Exchange", "Journal", "Monitoring", "Programmes",
        "Guidance", "Health",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "Samples", "Web", "Services", "Exchange", "Journal", "Monitoring", "Programmes", "Guidance",
        "Health",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "Samples", dependencies: ["Health"], path: "Tests/Samples", swiftSettings: strict),
    .testTarget(name: "HealthTests", dependencies: ["Samples", "Health"], swiftSettings: strict),
    .testTarget(
      name: "GuidanceTests", dependencies: ["Samples", "Programmes", "Guidance", "Health"],
      swiftSettings: strict),
    .testTarget(
      name: "ProgrammesTests", dependencies: ["Samples", "Programmes", "Guidance", "Health"],
      swiftSettings: strict),
    .testTarget(
      name: "MonitoringTests",
      dependencies: ["Samples", "Monitoring", "Programmes", "Guidance", "Health"],
      swiftSettings: strict),
    .testTarget(
      name: "JournalTests",
      dependencies: [
        "Samples", "Journal", "Health", "CLibCrypto",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ExchangeTests",
      dependencies: [
        "Samples", "Exchange", "Services", "Journal", "Monitoring", "Programmes", "Guidance",
        "Health", "CZip",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ServicesTests",
      dependencies: [
        "Samples", "Services", "Exchange", "Journal", "Monitoring", "Programmes", "Health",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
    .target(name: "PhoneRuntime"),
    .plugin(name: "PhoneCore", capability: .buildTool()),
  ]
)
