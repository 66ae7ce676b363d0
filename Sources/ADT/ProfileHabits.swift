import Admissions

/// A sender profile made ready for reading: words as numbers, so that comparing makes no String.
///
/// A class, so that lending it costs nothing.
final class ProfileHabits: Sendable {
    let profile: SenderProfile
    /// Whether any trigger event means something else than the norm says.
    let hasTriggers: Bool
    private let triggers: [String: String?]
    private let nhsMarks: [UInt128]
    private let localTypes: [UInt128]
    /// Classes of one-letter codes, by letter A to Z.
    private let letterClasses: [EncounterClass?]
    private let patientTypes: [(word: UInt128, told: EncounterClass)]
    private let destinations: [UInt128]

    init(_ profile: SenderProfile) {
        self.profile = profile
        hasTriggers = !profile.triggers.isEmpty
        triggers = Dictionary(
            profile.triggers.map { ($0.uppercased(), $1?.uppercased()) }, uniquingKeysWith: { first, _ in first })
        nhsMarks = profile.nhsNumberMarks.map(MessageSource.packed)
        localTypes = profile.localIdentifierTypes.map(MessageSource.packed)
        letterClasses = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { letter in
            profile.classes[String(Unicode.Scalar(letter))]
        }
        patientTypes = profile.patientTypes.map { (MessageSource.packed($0), $1) }
        destinations = profile.destinationCodes.map(MessageSource.packed)
    }

    /// What a trigger event means to this sender; throws where it means nothing, or nothing we know.
    func meaning(of code: String) throws(ReasonCode) -> TriggerEvent {
        guard let mapped = triggers[code.uppercased()] else {
            guard let known = TriggerEvent(code) else { throw .triggerNotSupported }
            return known
        }
        guard let other = mapped else { throw .triggerIgnored }
        guard let known = TriggerEvent(code, meaning: other) else { throw .triggerNotSupported }
        return known
    }

    /// The component of a CX that says "NHS number"; nil if none does.
    func nhsMark(_ parts: Components, _ source: borrowing MessageSource) -> Piece? {
        for number in stride(from: 4, through: 3, by: -1) {
            let part = source.part(parts, number)
            guard !part.isEmpty else { continue }
            let packed = source.packed(source.head(part))
            if packed != 0, nhsMarks.contains(packed) { return part }
        }
        return nil
    }

    /// How good a type is for the hospital's own number: the less, the better.
    func localRank(_ type: Piece, _ source: borrowing MessageSource) -> Int {
        guard !type.isEmpty else { return localTypes.count }
        let packed = source.packed(type)
        return localTypes.firstIndex(of: packed) ?? localTypes.count + 1
    }

    /// Whether a type names the hospital's own number; none told is taken for one.
    func isLocal(_ type: Piece, _ source: borrowing MessageSource) -> Bool {
        localRank(type, source) <= localTypes.count
    }

    /// Whether an authority may have given the hospital's own number.
    func isLocalIssuer(_ issuer: Piece, _ source: borrowing MessageSource) -> Bool {
        guard let own = profile.localIdentifierIssuer else { return true }
        return source.word(issuer) == own
    }

    /// Whether the ward or the specialty is one whose patients are shown with care.
    ///
    /// Either component of PV1-3 that may name a ward counts: hiding too much is the lesser harm.
    func isSensitive(_ source: borrowing MessageSource) -> Bool {
        if !profile.sensitiveSpecialties.isEmpty,
            profile.sensitiveSpecialties.contains(source.word(source.value(.pv1, 10)))
        {
            return true
        }
        guard !profile.sensitiveWards.isEmpty else { return false }
        let location = source.field(.pv1, 3)
        return [1, 2].contains { number in
            profile.sensitiveWards.contains(source.word(source.head(source.component(location, number))))
        }
    }

    /// What PV1-2 means; nil where it means nothing we know.
    func encounterClass(_ piece: Piece, _ source: borrowing MessageSource) -> EncounterClass? {
        let letter = piece.range.count == 1 ? source.bytes[Int(piece.start)] & 0xDF : 0
        if letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "Z") {
            return letterClasses[Int(letter - UInt8(ascii: "A"))]
        }
        return profile.classes[source.word(piece)]
    }

    /// What PV1-18 means beyond PV1-2; nil where it means nothing we know.
    func patientType(_ piece: Piece, _ source: borrowing MessageSource) -> EncounterClass? {
        guard !piece.isEmpty else { return nil }
        let packed = source.packed(piece)
        for type in patientTypes where type.word == packed { return packed == 0 ? nil : type.told }
        return nil
    }

    /// Whether PV1-36 holds a discharge destination.
    func isDestination(_ piece: Piece, _ source: borrowing MessageSource) -> Bool {
        destinations.contains(source.packed(piece))
    }
}
