package import EventSourcing

/// The JSON of a moment: its RFC 3339 text where that says it all, else an object.
///
/// `"2024-01-10T21:15:00Z"` is told to the second; `{"at":"2024-01-10T21:15:00Z","precision":"minute"}` more coarsely;
/// `{"ambiguous":true,"at":…,"precision":…,"text":"20241027013000"}` with doubt.
extension Moment {
    /// Writes the moment as one JSON value.
    package func encode(into json: inout JSONWriter) {
        guard needsObject else {
            json.instant(instant)
            return
        }
        json.beginObject()
        if isAmbiguous { json.field("ambiguous", true) }
        json.field("at", instant)
        json.field("precision", precision.rawValue)
        if wasShifted { json.field("shifted", true) }
        json.field("text", text)
        json.endObject()
    }

    /// Reads what `encode(into:)` writes.
    package init(reading json: inout JSONReader) throws(JSONError) {
        guard try json.peek() == .object else {
            let instant = try json.readInstant()
            self.init(instant, precision: .second)
            return
        }
        let start = json.offset
        var instant: Instant?
        var precision = Precision.second
        var isAmbiguous = false
        var wasShifted = false
        var text: String?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "ambiguous": isAmbiguous = try json.readBool()
            case "at": instant = try json.readInstant()
            case "precision": precision = try json.readEnum()
            case "shifted": wasShifted = try json.readBool()
            case "text": text = try json.readString()
            default: try json.skipValue()
            }
        }
        guard let instant else { throw JSONError(.missingField, offset: start) }
        self.init(instant, precision: precision, isAmbiguous: isAmbiguous, wasShifted: wasShifted, text: text)
    }

    /// Whether the RFC 3339 text alone would not say it all.
    package var needsObject: Bool {
        isAmbiguous || wasShifted || (precision != .second && precision != .fraction)
    }
}
