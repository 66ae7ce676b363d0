import EventSourcing

/// The tellings that the registers of a stored state name, each listed once, ascending.
struct TellingList {
    private let keys: [FactKey]
    private let places: [FactKey: Int]

    init(_ keys: [FactKey?]) {
        self.init(sorted: Set(keys.compactMap(\.self)).sorted())
    }

    private init(sorted keys: [FactKey]) {
        self.keys = keys
        places = Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    }

    /// Writes a register as `[telling, value]`; one that nobody has written is left out.
    func field<Value>(
        _ name: StaticString, _ register: Register<Value>, _ json: inout JSONWriter,
        _ encode: (Value, inout JSONWriter) -> Void
    ) {
        guard let key = register.key, let place = places[key] else { return }
        json.key(name)
        json.beginArray()
        json.integer(Int64(place))
        if let value = register.value { encode(value, &json) } else { json.null() }
        json.endArray()
    }

    /// Reads a register.
    func register<Value>(
        _ json: inout JSONReader, _ read: (inout JSONReader) throws(JSONError) -> Value
    ) throws(JSONError) -> Register<Value> {
        let start = json.offset
        try json.beginArray()
        guard try json.nextElement(), let key = key(at: try json.readInt64()), try json.nextElement() else {
            throw JSONError(.unexpectedValue, offset: start)
        }
        let value: Value? = try json.readIfNull() ? nil : try read(&json)
        guard try !json.nextElement() else { throw JSONError(.unexpectedValue, offset: start) }
        return Register(value: value, key: key)
    }

    func string(_ json: inout JSONReader) throws(JSONError) -> Register<String> {
        try register(&json) { json throws(JSONError) in try json.readString() }
    }

    func bool(_ json: inout JSONReader) throws(JSONError) -> Register<Bool> {
        try register(&json) { json throws(JSONError) in try json.readBool() }
    }

    private func key(at place: Int64) -> FactKey? {
        keys.indices.contains(Int(clamping: place)) ? keys[Int(clamping: place)] : nil
    }

    /// Writes the list as the field `tellings`: each `[recorded, sent, rank, digest]`, times in microseconds since
    /// 1970.
    func encode(into json: inout JSONWriter) {
        json.key("tellings")
        json.beginArray()
        for key in keys {
            json.beginArray()
            json.integer(key.recorded.microseconds)
            json.integer(key.sent.microseconds)
            json.integer(Int64(key.rank))
            json.integer(Int64(bitPattern: key.digest))
            json.endArray()
        }
        json.endArray()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        var keys: [FactKey] = []
        try json.beginArray()
        while try json.nextElement() {
            let start = json.offset
            var parts: [Int64] = []
            try json.beginArray()
            while try json.nextElement() { parts.append(try json.readInt64()) }
            guard parts.count == 4, let rank = UInt8(exactly: parts[2]) else {
                throw JSONError(.unexpectedValue, offset: start)
            }
            keys.append(
                FactKey(
                    recorded: Instant(microseconds: parts[0]), sent: Instant(microseconds: parts[1]), rank: rank,
                    digest: UInt64(bitPattern: parts[3])))
        }
        self.init(sorted: keys)
    }
}
