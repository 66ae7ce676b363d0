package import EventSourcing

/// The fact that a practice told its list: what the file was, and what came of it, in numbers.
///
/// Stands in the stream `roster` of the practice's log behind the changes it brought. Holds no patient data.
package struct RosterImport: Sendable, Equatable {
    /// The event's type in the log.
    package static let type = "roster.imported.v1"
    /// Its stream.
    package static let stream = StreamName("roster")

    /// SHA-256 of the file.
    package let file: String
    /// Whose act it is: `terminal:kay`.
    package let by: String
    /// Rows of the file, headings and empty ones aside.
    package let rowCount: Int
    package let heldBackCount: Int
    package let joinedCount: Int
    package let leftCount: Int
    package let changedCount: Int
    /// People on the list afterwards.
    package let listedCount: Int

    package init(
        file: String, by: String, rowCount: Int, heldBackCount: Int, joinedCount: Int, leftCount: Int,
        changedCount: Int, listedCount: Int
    ) {
        self.file = file
        self.by = by
        self.rowCount = rowCount
        self.heldBackCount = heldBackCount
        self.joinedCount = joinedCount
        self.leftCount = leftCount
        self.changedCount = changedCount
        self.listedCount = listedCount
    }

    /// The event as the log of a practice takes it.
    package var newEvent: NewEvent {
        NewEvent(stream: Self.stream, type: Self.type, payload: payload, occurredAt: nil)
    }

    /// Canonical JSON:
    /// `{"by":"terminal:kay","changed":8,"file":"…","held":19,"joined":23,"left":19,"listed":8412,"rows":8431}`.
    package var payload: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.field("by", by)
        json.field("changed", Int64(changedCount))
        json.field("file", file)
        json.field("held", Int64(heldBackCount))
        json.field("joined", Int64(joinedCount))
        json.field("left", Int64(leftCount))
        json.field("listed", Int64(listedCount))
        json.field("rows", Int64(rowCount))
        json.endObject()
        return json.bytes
    }

    /// Reads what `payload` writes.
    package init(payload: [UInt8]) throws(JSONError) {
        var json = JSONReader(payload)
        var file: String?
        var by: String?
        var counts: (rows: Int64, held: Int64, joined: Int64, left: Int64, changed: Int64, listed: Int64) =
            (0, 0, 0, 0, 0, 0)
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "by": by = try json.readString()
            case "changed": counts.changed = try json.readInt64()
            case "file": file = try json.readString()
            case "held": counts.held = try json.readInt64()
            case "joined": counts.joined = try json.readInt64()
            case "left": counts.left = try json.readInt64()
            case "listed": counts.listed = try json.readInt64()
            case "rows": counts.rows = try json.readInt64()
            default: try json.skipValue()
            }
        }
        try json.readEnd()
        guard let file, let by else { throw JSONError(.missingField, offset: payload.count) }
        self.init(
            file: file, by: by, rowCount: Int(clamping: counts.rows), heldBackCount: Int(clamping: counts.held),
            joinedCount: Int(clamping: counts.joined), leftCount: Int(clamping: counts.left),
            changedCount: Int(clamping: counts.changed), listedCount: Int(clamping: counts.listed))
    }
}
