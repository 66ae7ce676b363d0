/// Why a migration was refused or failed.
package enum MigratorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A file or folder cannot be read.
    case unreadable(path: String)
    /// A file in `migrations` is not named `0001_name.sql`, or one elsewhere not `<schema>.<name>.sql` or `<role>.sql`.
    case misnamed(path: String)
    /// Numbers run from 1 without gap or double; this one is wrong.
    case numbering(path: String)
    /// A file was changed after it had been applied: migrations go forward only.
    case changed(path: String)
    /// The database has a migration that the folder has not: it is newer than this program.
    case unknown(path: String)
    /// A file failed, at a line of it if the server said where.
    case failed(path: String, line: Int?, PostgresError)

    package var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read"
        case .misnamed(let path): "\(path) is not named as the folder demands"
        case .numbering(let path): "\(path): migrations are numbered from 0001 without gap or double"
        case .changed(let path): "\(path) was changed after it had been applied: write a new migration instead"
        case .unknown(let path): "the database has \(path), which is not in the folder: it is newer than this program"
        case .failed(let path, let line, let error): "\(path)\(line.map { ":\($0)" } ?? ""): \(error)"
        }
    }
}
