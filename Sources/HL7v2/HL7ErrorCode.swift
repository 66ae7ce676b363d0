/// Kinds of error (HL7 table 0357).
package enum HL7ErrorCode: Int, Hashable, Sendable, CaseIterable {
    case accepted = 0
    case segmentSequence = 100
    case requiredFieldMissing = 101
    case dataType = 102
    case tableValueNotFound = 103
    case unsupportedMessageType = 200
    case unsupportedEventCode = 201
    case unsupportedProcessingID = 202
    case unsupportedVersion = 203
    case unknownKeyIdentifier = 204
    case duplicateKeyIdentifier = 205
    case recordLocked = 206
    case internalError = 207

    /// The words of the table.
    package var text: String {
        switch self {
        case .accepted: "Message accepted"
        case .segmentSequence: "Segment sequence error"
        case .requiredFieldMissing: "Required field missing"
        case .dataType: "Data type error"
        case .tableValueNotFound: "Table value not found"
        case .unsupportedMessageType: "Unsupported message type"
        case .unsupportedEventCode: "Unsupported event code"
        case .unsupportedProcessingID: "Unsupported processing id"
        case .unsupportedVersion: "Unsupported version id"
        case .unknownKeyIdentifier: "Unknown key identifier"
        case .duplicateKeyIdentifier: "Duplicate key identifier"
        case .recordLocked: "Application record locked"
        case .internalError: "Application internal error"
        }
    }
}
