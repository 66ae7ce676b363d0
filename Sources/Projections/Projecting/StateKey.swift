import Admissions
import EventSourcing

/// The key of an encounter or a patient as the state tables hold it.
///
/// At most 255 bytes, a longer one ending in a digest (`StorableText`), since an index entry has its limit.
struct StateKey: Hashable, Sendable {
    /// The key as stored.
    let rawValue: String

    static let bytesMax = 255

    /// Takes a key as stored.
    init(stored rawValue: String) {
        self.rawValue = rawValue
    }

    init(_ key: EncounterKey) {
        rawValue = StorableText.clip(key.rawValue, bytesMax: Self.bytesMax)
    }

    init(_ key: PatientKey) {
        rawValue = StorableText.clip(key.rawValue, bytesMax: Self.bytesMax)
    }

    /// Whether it may stand for a key that is longer, or holds what cannot be stored.
    var isMaybeClipped: Bool { rawValue.utf8.count > Self.bytesMax - 4 || rawValue.unicodeScalars.contains("\u{2400}") }

    static func == (lhs: StateKey, rhs: StateKey) -> Bool {
        ByteText.areEqual(lhs.rawValue, rhs.rawValue)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }

    /// What may be said of the key where it must not be shown: the first eight bytes of its SHA-256, in hexadecimal.
    var digest: String {
        String(Digest(of: Array(rawValue.utf8)).hexadecimal.prefix(16))
    }
}
