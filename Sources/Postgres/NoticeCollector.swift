import CLibpq

/// Catches what libpq reports through its notice receiver, on the thread that owns the session.
final class NoticeCollector {
    /// At most this many are kept between two collections; later ones are dropped.
    static let noticesMax = 100

    private var notices: [PostgresNotice] = []

    /// Sets this collector as the receiver; it must live as long as the connection.
    func attach(to connection: OpaquePointer) {
        // Unretained: the session owns both and finishes the connection first.
        _ = PQsetNoticeReceiver(
            connection,
            { argument, result in
                guard let argument, let result else { return }
                // The argument is the collector set below, alive as said above.
                Unmanaged<NoticeCollector>.fromOpaque(argument).takeUnretainedValue().add(result)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// What has come since the last call.
    func take() -> [PostgresNotice] {
        if notices.isEmpty { return [] }
        defer { notices = [] }
        return notices
    }

    private func add(_ result: OpaquePointer) {
        guard notices.count < Self.noticesMax else { return }
        notices.append(
            PostgresNotice(
                severity: ResultField.severity.read(result) ?? "",
                sqlState: ResultField.sqlState.read(result) ?? "",
                message: ResultField.message.read(result) ?? ""))
    }
}

/// A field of an error or notice message (PostgreSQL manual 55.8).
enum ResultField: UInt8 {
    case severity = 0x56  // V: not translated
    case sqlState = 0x43  // C
    case message = 0x4D  // M
    case position = 0x50  // P
    case constraint = 0x6E  // n

    func read(_ result: OpaquePointer) -> String? {
        PQresultErrorField(result, Int32(rawValue)).map { String(cString: $0) }
    }
}

extension PostgresError {
    /// The server's refusal in a result.
    init(_ result: OpaquePointer) {
        let sqlState = ResultField.sqlState.read(result)
        // Without SQLSTATE it is libpq's own: the connection broke.
        self.init(
            sqlState == nil ? .connectionLost : .server, sqlState: sqlState,
            constraint: ResultField.constraint.read(result),
            message: ResultField.message.read(result) ?? PostgresError.firstLine(PQresultErrorMessage(result)),
            position: ResultField.position.read(result).flatMap { Int($0) })
    }

    /// libpq's message about a connection, in one line.
    static func firstLine(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "" }
        return String(cString: text).split(separator: "\n").first.map(String.init) ?? ""
    }
}
