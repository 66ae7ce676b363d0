import EventSourcing

extension JSONWriter {
    /// Writes a field that may be `null`; what is absent is left out.
    mutating func field<Value>(
        _ name: StaticString, _ told: Told<Value>, _ encode: (Value, inout JSONWriter) -> Void
    ) {
        switch told {
        case .absent: break
        case .null:
            key(name)
            null()
        case .value(let value):
            key(name)
            encode(value, &self)
        }
    }

    mutating func field(_ name: StaticString, _ told: Told<String>) {
        field(name, told) { $1.string($0) }
    }

    mutating func field(_ name: StaticString, _ told: Told<Bool>) {
        field(name, told) { $1.bool($0) }
    }

    mutating func field(_ name: StaticString, _ told: Told<Moment>) {
        field(name, told) { $0.encode(into: &$1) }
    }

    mutating func field(_ name: StaticString, _ moment: Moment?) {
        field(name, Told(moment))
    }
}

extension JSONReader {
    /// Reads a value or `null`.
    mutating func readTold<Value>(
        _ read: (inout JSONReader) throws(JSONError) -> Value
    ) throws(JSONError) -> Told<Value> {
        try readIfNull() ? .null : .value(try read(&self))
    }

    mutating func readToldString() throws(JSONError) -> Told<String> {
        try readIfNull() ? .null : .value(try readString())
    }

    /// Reads a string that must be a raw value of an enumeration.
    mutating func readEnum<Value: RawRepresentable>() throws(JSONError) -> Value where Value.RawValue == String {
        let start = offset
        guard let value = Value(rawValue: try readString()) else { throw JSONError(.unexpectedValue, offset: start) }
        return value
    }
}
