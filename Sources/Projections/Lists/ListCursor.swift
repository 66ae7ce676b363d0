import EventSourcing

/// The place in a list after which the next page begins: the sort key of the last line shown.
///
/// Opaque outside (base 32). It holds numbers and a ref of the practice's own list, names its list and order so that
/// another refuses it, and widens nothing: the scope is the access record's. Keyset paging: lines that come or go
/// between two pages neither shift nor repeat the others.
struct ListCursor: Sendable, Equatable {
    let list: PracticeList
    let sort: ListSort?
    let key: ListKey

    init(list: PracticeList, sort: ListSort?, key: ListKey) {
        self.list = list
        self.sort = sort
        self.key = key
    }

    /// Reads a cursor of this list and order, or throws `cursorInvalid`.
    init(_ text: String, of list: PracticeList, sort: ListSort?) throws(ProjectionError) {
        guard text.utf8.count <= Self.charactersMax, let bytes = Base32.decode(text), bytes.count > Self.headerBytes,
            bytes[0] == Self.version, bytes[1] == Self.tag(list), bytes[2] == sort?.tag ?? 0,
            let ref = String(validating: bytes[Self.headerBytes...], as: UTF8.self), !ref.contains("\0")
        else { throw .cursorInvalid }
        func number(at place: Int) -> Int64 {
            Int64(bitPattern: bytes[place..<place + 8].reduce(0) { $0 << 8 | UInt64($1) })
        }
        self.list = list
        self.sort = sort
        key = ListKey(first: number(at: 3), second: number(at: 11), ref: ref)
    }

    var text: String {
        var bytes: [UInt8] = [Self.version, Self.tag(list), sort?.tag ?? 0]
        for number in [key.first, key.second] {
            let bits = UInt64(bitPattern: number)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
            }
        }
        bytes.append(contentsOf: key.ref.utf8)
        return Base32.encode(bytes)
    }

    private static let version: UInt8 = 2
    private static let headerBytes = 19
    private static let charactersMax = 200

    private static func tag(_ list: PracticeList) -> UInt8 {
        UInt8(truncatingIfNeeded: (PracticeList.allCases.firstIndex(of: list) ?? 0) + 1)
    }
}

/// The place of a line in its list: ascending, and no two lines have the same.
struct ListKey: Sendable, Hashable, Comparable {
    var first: Int64
    var second: Int64
    /// The encounter.
    var ref: String

    static func < (lhs: ListKey, rhs: ListKey) -> Bool {
        (lhs.first, lhs.second, lhs.ref) < (rhs.first, rhs.second, rhs.ref)
    }
}
