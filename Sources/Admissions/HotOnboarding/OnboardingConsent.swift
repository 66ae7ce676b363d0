import EventSourcing

/// That a patient agreed, as the staff recorded it.
package struct OnboardingConsent: Sendable, Hashable {
    /// Which text the patient agreed to: 1 to 32 printable ASCII characters.
    package let version: String
    /// The day on which the patient agreed.
    package let givenOn: LondonDay
    /// What was seen of the patient's capacity to decide, or who decided for them.
    package let capacity: StaffNote

    package init(version: String, givenOn: LondonDay, capacity: StaffNote) {
        self.version = version
        self.givenOn = givenOn
        self.capacity = capacity
    }

    /// The longest version in bytes.
    package static let versionBytesMax = 32

    func check(at now: Instant) throws(ActRejection) {
        let isPrintable = version.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPrintable, (1...Self.versionBytesMax).contains(version.utf8.count) else {
            throw ActRejection(.valueOutOfRange, .consentVersion)
        }
        guard givenOn <= LondonDay(of: now) else { throw ActRejection(.valueOutOfRange, .givenOn) }
    }

    /// `{"capacity":"…","given":"2026-03-03","version":"2"}`
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("capacity", capacity.text)
        json.field("given", givenOn.text)
        json.field("version", version)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var capacity: StaffNote?
        var given: LondonDay?
        var version: String?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "capacity": capacity = try json.readNote()
            case "given": given = try json.readDay()
            case "version": version = try json.readString()
            default: try json.skipValue()
            }
        }
        guard let capacity, let given, let version else { throw JSONError(.missingField, offset: start) }
        self.init(version: version, givenOn: given, capacity: capacity)
    }
}
