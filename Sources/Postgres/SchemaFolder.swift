import FoundationEssentials

/// The files that make the schema.
///
/// ```
/// schema/migrations/0001_name.sql         what holds data: numbered, forward only
/// schema/functions/<schema>.<name>.sql    what holds no data: one object a file
/// schema/policies/<schema>.<table>.sql    the row-level security policies and guards of one table
/// schema/grants/<role>.sql                what one role may do
/// ```
/// A folder that is missing counts as empty; files that do not end in `.sql` are passed over.
struct SchemaFolder: Sendable {
    struct File: Sendable, Hashable {
        /// Below the schema folder: `migrations/0001_roles.sql`.
        let path: String
        let text: String

        /// The name without folder and `.sql`.
        var name: Substring { path.split(separator: "/").last?.dropLast(4) ?? "" }

        /// The two parts of `<schema>.<name>`.
        var qualifiedName: (schema: String, name: String)? {
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
                ? (String(parts[0]), String(parts[1])) : nil
        }
    }

    let migrations: [File]
    let functions: [File]
    let policies: [File]
    let grants: [File]

    /// All that is replaced whole at each migration, in the order in which it is run.
    var replaced: [File] { functions + policies + grants }

    init(_ directory: String) throws(MigratorError) {
        guard FileManager.default.fileExists(atPath: directory) else { throw .unreadable(path: directory) }
        migrations = try Self.files("migrations", in: directory)
        functions = try Self.files("functions", in: directory)
        policies = try Self.files("policies", in: directory)
        grants = try Self.files("grants", in: directory)
        for (index, file) in migrations.enumerated() {
            guard let match = file.name.wholeMatch(of: #/(\d{4})_[a-z0-9_]+/#) else { throw .misnamed(path: file.path) }
            guard Int(match.1) == index + 1 else { throw .numbering(path: file.path) }
        }
        for file in functions + policies where file.qualifiedName == nil { throw .misnamed(path: file.path) }
        for file in grants where file.name.contains(".") { throw .misnamed(path: file.path) }
    }

    private static func files(_ folder: String, in directory: String) throws(MigratorError) -> [File] {
        let path = directory + "/" + folder
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw .unreadable(path: path)
        }
        var files: [File] = []
        for name in names.sorted() where name.hasSuffix(".sql") {
            guard let text = try? String(contentsOfFile: path + "/" + name, encoding: .utf8) else {
                throw .unreadable(path: folder + "/" + name)
            }
            files.append(File(path: folder + "/" + name, text: text))
        }
        return files
    }
}
