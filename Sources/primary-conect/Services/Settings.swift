import ArgumentParser
import Configuration
import Foundation
import SystemPackage

/// Flags that every command takes to find its installation.
struct InstallationOptions: ParsableArguments {
    @Option(help: "Folder of the private PostgreSQL, the keys and the state (default: .primary-conect).")
    var directory: String?

    @Option(help: "PostgreSQL to use in place of the private one: a libpq connection string, many hosts allowed.")
    var database: String?

    @Option(name: .customLong("config"), help: "A YAML file of settings.")
    var configFile: String?
}

/// Settings: flags first, then `PRIMARY_CONECT_*`, then the file, then defaults.
///
/// A setting `mllp.port` is `PRIMARY_CONECT_MLLP_PORT` in the environment and `mllp: {port: …}` in the file.
struct Settings: Sendable {
    private let reader: ConfigReader

    /// - Throws: `CommandFailure(.badConfiguration)` where the file cannot be read.
    init(file: String?) async throws {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider().prefixKeys(with: "primary.conect")]
        let environment = ProcessInfo.processInfo.environment["PRIMARY_CONECT_CONFIG"]
        if let path = file ?? environment {
            do {
                providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))
            } catch {
                throw CommandFailure(.badConfiguration, "The settings file \(path) cannot be read.")
            }
        }
        reader = ConfigReader(providers: providers)
    }

    func text(_ key: String) -> String? {
        let value = reader.string(forKey: ConfigKey(key))
        return value?.isEmpty == true ? nil : value
    }

    func text(_ key: String, or standard: String) -> String { text(key) ?? standard }

    /// - Throws: `CommandFailure(.badConfiguration)` where the value is not a whole number.
    func number(_ key: String, or standard: Int) throws -> Int {
        guard let text = text(key) else { return standard }
        guard let number = Int(text) else {
            throw CommandFailure(.badConfiguration, "The setting \(key) must be a whole number.")
        }
        return number
    }

    /// - Throws: `CommandFailure(.badConfiguration)` where the value is neither true nor false.
    func isOn(_ key: String) throws -> Bool {
        switch text(key)?.lowercased() {
        case nil, "false", "no", "0": return false
        case "true", "yes", "1": return true
        default: throw CommandFailure(.badConfiguration, "The setting \(key) must be true or false.")
        }
    }

    /// - Throws: `CommandFailure(.badConfiguration)` where the value is not `host:port` or a port.
    func address(_ key: String, or standard: HostPort) throws -> HostPort {
        guard let text = text(key) else { return standard }
        guard let address = HostPort(argument: text) else {
            throw CommandFailure(.badConfiguration, "The setting \(key) must be host:port or a port.")
        }
        return address
    }

    /// Values between commas.
    func list(_ key: String) -> [String] {
        (text(key) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
