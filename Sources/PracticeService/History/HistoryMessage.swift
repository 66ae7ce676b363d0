import EventSourcing
package import Projections

/// A message that told a part of a history, field by field, with identifiers masked.
package struct HistoryMessage: Sendable, Equatable {
    /// A field as it may be seen: `PV1-3`, `7B^1^3`.
    package struct Field: Sendable, Equatable {
        package let name: String
        package let text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    let log: LogName
    let position: Position
    let trigger: String
    /// Whether its bytes were taken out of the log since.
    let isErased: Bool
    /// In the order of the message; empty where it was erased, or is no HL7 message.
    let fields: [Field]
}

/// Reads the messages behind histories for auditors, and masks them; they are never given out as they came.
package struct HistoryMessages: Sendable {
    private let reader: HistoryReader
    private let masking: @Sendable ([UInt8]) -> [HistoryMessage.Field]

    /// - Parameters:
    ///   - reader: its pool logs in as `primary_conect_auditor`.
    ///   - masking: the fields of a message with identifiers masked; none of what is no HL7 message.
    package init(reader: HistoryReader, masking: @escaping @Sendable ([UInt8]) -> [HistoryMessage.Field]) {
        self.reader = reader
        self.masking = masking
    }

    /// The messages that told some items, each once; of items whose log is withheld none. The look is recorded.
    func messages(of items: some Collection<HistoryItem>, access: AccessRequest) async throws -> [HistoryMessage] {
        var wanted: [LogName: [Position]] = [:]
        var told: [(log: LogName, source: HistorySource)] = []
        for item in items {
            guard let log = item.log, let source = item.source else { continue }
            guard !wanted[log, default: []].contains(source.position) else { continue }
            wanted[log, default: []].append(source.position)
            told.append((log, source))
        }
        var access = access
        access.route += "/messages"
        let found = try await reader.messages(wanted, access: access)
        return told.map { log, source in
            let bytes = found[log]?[source.position]
            return HistoryMessage(
                log: log, position: source.position, trigger: source.trigger, isErased: bytes == nil,
                fields: bytes.map(masking) ?? [])
        }
    }
}
