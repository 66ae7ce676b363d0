// swift-tools-version: 6.2
import PackageDescription

/// The arrows of the house: a target may import what its line names, and nothing else of ours.
/// HouseTests reads the `import` lines and holds them against this file.

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// What is pure is optimised in debug builds too: its tests go through every order of arrival of every scenario, which takes
/// eight times as long otherwise. Checks of the language stay; only `assert` falls away, which the house does not use.
let pure: [SwiftSetting] = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "primary-conect",
    products: [.executable(name: "primary-conect", targets: ["primary-conect"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // Pure: no input or output.
        .target(
            name: "EventSourcing", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: pure),
        .target(name: "HL7v2", swiftSettings: pure),
        .target(name: "Admissions", dependencies: ["EventSourcing"], swiftSettings: pure),
        .target(name: "ADT", dependencies: ["HL7v2", "Admissions", "EventSourcing"], swiftSettings: pure),
        .target(
            name: "SenderProfiles", dependencies: ["ADT", "Admissions", .product(name: "Yams", package: "Yams")],
            swiftSettings: house),
        .target(name: "Simulator", dependencies: ["ADT", "HL7v2", "Admissions", "EventSourcing"], swiftSettings: pure),

        // Doors to the outside.
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "Postgres", dependencies: ["CLibpq", .product(name: "Logging", package: "swift-log")],
            swiftSettings: house),
        .target(
            name: "MLLP",
            dependencies: nio + [
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),

        // The promises and their use.
        .target(
            name: "EventLog",
            dependencies: ["EventSourcing", "Postgres", .product(name: "Logging", package: "swift-log")],
            swiftSettings: house),
        .target(
            name: "Ingest",
            dependencies: ["HL7v2", "ADT", "Admissions", "EventSourcing"],
            swiftSettings: house),
        .target(
            name: "Projections",
            dependencies: [
                "Admissions", "EventSourcing", "EventLog", "Postgres",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "Audit",
            dependencies: [
                "EventSourcing", "EventLog", "Admissions", "Postgres",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house),
        .target(
            name: "PracticeService",
            dependencies: [
                "Audit", "Projections", "Admissions", "EventSourcing",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ] + nio,
            swiftSettings: house),

        // Where it is put together.
        .executableTarget(
            name: "primary-conect",
            dependencies: [
                "EventSourcing", "HL7v2", "Admissions", "ADT", "Simulator", "Postgres", "MLLP", "EventLog", "Ingest",
                "Projections", "Audit", "PracticeService", "SenderProfiles",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ] + nio,
            swiftSettings: house),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: [
                "EventSourcing", "HL7v2", "Admissions", "ADT", "Postgres", "EventLog",
            ],
            path: "Tests/Support", swiftSettings: house),
        .target(
            name: "Fuzzing", dependencies: ["HL7v2", "ADT", "Admissions", "EventSourcing"], path: "Tests/Fuzzing",
            swiftSettings: house),
        .executableTarget(
            name: "adt-fuzz",
            dependencies: ["Fuzzing", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Tests/Fuzz", swiftSettings: house),
        .executableTarget(
            name: "reading-bench",
            dependencies: [
                "ADT", "HL7v2", "Admissions", "EventSourcing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Benchmarks/Reading", swiftSettings: house),
        .testTarget(name: "EventSourcingTests", dependencies: ["EventSourcing"], swiftSettings: house),
        .testTarget(name: "HL7v2Tests", dependencies: ["HL7v2"], swiftSettings: house),
        .testTarget(name: "AdmissionsTests", dependencies: ["Admissions", "EventSourcing"], swiftSettings: house),
        .testTarget(
            name: "ADTTests",
            dependencies: ["ADT", "HL7v2", "Admissions", "EventSourcing", "Fuzzing", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "SenderProfilesTests", dependencies: ["SenderProfiles", "ADT", "HL7v2", "Admissions"],
            swiftSettings: house),
        .testTarget(
            name: "SimulatorTests", dependencies: ["Simulator", "ADT", "HL7v2", "Admissions", "EventSourcing"],
            swiftSettings: house),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "MLLPTests",
            dependencies: [
                "MLLP",
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
            ] + nio,
            exclude: ["Fixtures"], swiftSettings: house),
        .testTarget(
            name: "EventLogTests", dependencies: ["EventLog", "EventSourcing", "Postgres", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "IngestTests",
            dependencies: ["Ingest", "HL7v2", "ADT", "Admissions", "EventSourcing", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "ProjectionsTests",
            dependencies: [
                "Projections", "Audit", "Ingest", "EventLog", "EventSourcing", "Admissions", "Postgres", "TestSupport", "ADT", "HL7v2",
            ],
            swiftSettings: house),
        .testTarget(
            name: "PracticeServiceTests",
            dependencies: [
                "PracticeService", "Projections", "Audit", "EventLog", "EventSourcing", "Admissions", "Postgres",
                "TestSupport",
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ] + nio,
            swiftSettings: house),
        .testTarget(
            name: "AuditTests",
            dependencies: [
                "Audit", "EventLog", "EventSourcing", "Admissions", "Postgres", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house),
        .testTarget(name: "SchemaTests", dependencies: ["Postgres", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "SystemTests",
            dependencies: [
                "EventSourcing", "HL7v2", "Admissions", "ADT", "Simulator", "Postgres", "MLLP", "EventLog", "Ingest",
                "Audit", "PracticeService", "Projections", "TestSupport", "primary-conect",
            ] + nio,
            swiftSettings: house),
        .testTarget(name: "HouseTests", swiftSettings: house),
    ]
)
