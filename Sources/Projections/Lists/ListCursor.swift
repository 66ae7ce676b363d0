import EventSourcing

/// The place in a list after which the next page begins: the sort key of the last line shown.
///
/// Opaque outside (base 32). It holds a time and refs of the practice's own list, names its list so that another list
/// refuses it, and widens nothing: the scope is the access record's. Keyset paging: lines that come or go between two
/// pages neither shift nor repeat the others.
struct ListCursor: Sendable, Equatable {
    let list: PracticeList
    /// The instant by which the list sorts.
    let sortedBy: Instant
    /// Breaks ties.
    let encounterRef: String

    init(list: PracticeList, sortedBy: Instant, encounterRef: String) {
        self.list = list
        self.sortedBy = sortedBy
        self.encounterRef = encounterRef
    }

    /// Reads a cursor of this list, or throws `cursorInvalid`.
    init(_ text: String, of list: PracticeList) throws(ProjectionError) {
        guard text.utf8.count <= Self.charactersMax, let bytes = Base32.decode(text), bytes.count > Self.headerBytes,
            bytes[0] == Self.version, bytes[1] == Self.tag(list),
            let ref = String(validating: bytes[Self.headerBytes...], as: UTF8.self), !ref.contains("\0")
        else { throw .cursorInvalid }
        self.list = list
        sortedBy = Instant(
            microseconds: Int64(bitPattern: bytes[2..<Self.headerBytes].reduce(0) { $0 << 8 | UInt64($1) }))
        encounterRef = ref
    }

    var text: String {
        var bytes: [UInt8] = [Self.version, Self.tag(list)]
        let bits = UInt64(bitPattern: sortedBy.microseconds)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        bytes.append(contentsOf: encounterRef.utf8)
        return Base32.encode(bytes)
    }

    private static let version: UInt8 = 1
    private static let headerBytes = 10
    private static let charactersMax = 200

    private static func tag(_ list: PracticeList) -> UInt8 {
        switch list {
        case .admissions: 1
        case .inHospital: 2
        case .discharges: 3
        case .attendances: 4
        case .corrected: 5
        }
    }
}
