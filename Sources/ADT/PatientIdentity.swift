import Admissions

/// Who a message is about: the identifiers of its PID, sorted by what they are (domain.md 1.4).
struct PatientIdentity {
    /// The hospital's own number: value, issuer, type.
    private(set) var local: Found?
    /// The NHS number, if sound.
    private(set) var nhsNumber: NHSNumber?
    /// Where the NHS number stands, if it stands there as ten digits and nothing else.
    private(set) var nhsNumberPiece: Piece?
    /// `01` to `08`, as its last digit.
    private(set) var nhsNumberStatus: UInt8?
    /// The other identifiers of PID-3, in the order sent.
    private(set) var others: [Found] = []
    private(set) var hasInvalidNHSNumber = false
    /// Two different sound NHS numbers.
    private(set) var hasConflict = false

    /// An identifier where it stands.
    struct Found {
        let value: Piece
        /// CX.4, else CX.6; empty where the message names none, and the sending facility is meant.
        let issuer: Piece
        let type: Piece

        /// The same number, of another's issuer.
        func issued(as other: Found) -> Found {
            Found(value: value, issuer: other.issuer, type: type.isEmpty ? other.type : type)
        }

        /// The key of the patient whose number it is: `RXX|123`.
        func key(facility: String, _ source: borrowing MessageSource) -> PatientKey {
            let issuer = issuer.isEmpty ? facility : source.text(issuer)
            return PatientKey(Identifier(value: source.text(value), issuer: issuer))
        }
    }

    private static let nhsNumberOID = "2.16.840.1.113883.2.1.4.1"

    init(_ source: borrowing MessageSource, habits: ProfileHabits) {
        var localRank = Int.max
        var hasNHSNumber = false
        var rest = source.field(.pid, 3)
        while let repetition = source.nextRepetition(&rest) {
            let parts = source.components(repetition)
            let value = source.head(source.part(parts, 0))
            guard source.isIdentifier(value) else { continue }
            let mark = habits.nhsMark(parts, source)
            if mark != nil || Self.hasNHSNumberOID(source.part(parts, 3), source) {
                hasNHSNumber = true
                if take(value, source), let mark {
                    takeStatus(mark, source)
                } else if nhsNumber == nil {
                    keep(value, parts, source)
                }
                continue
            }
            let found = Self.found(value, parts, source)
            let rank = habits.isLocalIssuer(found.issuer, source) ? habits.localRank(found.type, source) : Int.max
            if rank < localRank {
                if let local { others.append(local) }
                local = found
                localRank = rank
            } else {
                others.append(found)
            }
        }
        readPID2(source, habits: habits, hasNHSNumber: &hasNHSNumber)
        if !hasNHSNumber, habits.profile.nhsNumberInPID19 {
            let bare = source.value(.pid, 19)
            nhsNumber = NHSNumber(bytes: source.bytes.span.extracting(bare.range))
            if nhsNumber == nil, Self.isTenDigits(bare, source) { hasInvalidNHSNumber = true }
        }
        readStatus(source)
    }

    private static func isTenDigits(_ piece: Piece, _ source: borrowing MessageSource) -> Bool {
        piece.range.count == 10 && source.isDigits(piece.range)
    }

    /// Whether there is anything to know the patient by.
    var isKnown: Bool { local != nil || nhsNumber != nil }

    /// The patient's key in the log: `RXX|123`; only where `isKnown`.
    func key(facility: String, _ source: borrowing MessageSource) -> PatientKey {
        local?.key(facility: facility, source) ?? nhsNumber.map(PatientKey.init) ?? PatientKey("")
    }

    /// PID-2 repeats an identifier, or is the only place of one (iSOFT).
    private mutating func readPID2(_ source: borrowing MessageSource, habits: ProfileHabits, hasNHSNumber: inout Bool) {
        var rest = source.field(.pid, 2)
        while let repetition = source.nextRepetition(&rest) {
            let parts = source.components(repetition)
            let value = source.head(source.part(parts, 0))
            guard source.isIdentifier(value) else { continue }
            if habits.nhsMark(parts, source) != nil {
                hasNHSNumber = true
                if !take(value, source), nhsNumber == nil { keep(value, parts, source) }
            } else if local == nil {
                let found = Self.found(value, parts, source)
                if habits.isLocalIssuer(found.issuer, source) { local = found }
            }
        }
    }

    /// Takes a number that is marked as an NHS number; false if it is not sound.
    private mutating func take(_ value: Piece, _ source: borrowing MessageSource) -> Bool {
        guard let number = NHSNumber(bytes: source.bytes.span.extracting(value.range)) else {
            hasInvalidNHSNumber = true
            return false
        }
        if let known = nhsNumber, known != number { hasConflict = true }
        nhsNumber = number
        nhsNumberPiece = value.range.count == 10 ? value : nil
        return true
    }

    /// Keeps a number that failed its check among the other identifiers: it may still help an operator.
    private mutating func keep(_ value: Piece, _ parts: Components, _ source: borrowing MessageSource) {
        others.append(Self.found(value, parts, source))
    }

    /// An identifier (CX) with this value and these components.
    static func found(
        _ value: Piece, _ parts: Components, _ source: borrowing MessageSource
    ) -> Found {
        var issuer = source.head(source.part(parts, 3))
        if !source.hasValue(issuer) { issuer = source.head(source.part(parts, 5)) }
        if !source.hasValue(issuer) { issuer = Piece() }
        let type = source.head(source.part(parts, 4))
        return Found(value: value, issuer: issuer, type: source.hasValue(type) ? type : Piece())
    }

    static func hasNHSNumberOID(_ authority: Piece, _ source: borrowing MessageSource) -> Bool {
        guard authority.range.count > nhsNumberOID.utf8.count else { return false }
        return source.text(authority).split(separator: "&").contains { $0 == nhsNumberOID }
    }

    /// CX.5 as PKB documents it: `NH{status:01}`.
    private mutating func takeStatus(_ mark: Piece, _ source: borrowing MessageSource) {
        guard mark.range.count > 8, source.text(mark).contains("{status:0") else { return }
        takeStatusDigit(source.bytes[Int(mark.end) - 2])
    }

    /// PID-32: `NSTS01`, or bare `01`.
    private mutating func readStatus(_ source: borrowing MessageSource) {
        var rest = source.field(.pid, 32)
        while let repetition = source.nextRepetition(&rest) {
            let code = source.head(source.component(repetition, 1))
            let count = code.range.count
            guard count == 2 || (count == 6 && source.bytes[Int(code.start)] | 0x20 == UInt8(ascii: "n")),
                source.bytes[Int(code.end) - 2] == UInt8(ascii: "0")
            else { continue }
            takeStatusDigit(source.bytes[Int(code.end) - 1])
        }
    }

    private mutating func takeStatusDigit(_ digit: UInt8) {
        guard digit >= UInt8(ascii: "1"), digit <= UInt8(ascii: "8") else { return }
        nhsNumberStatus = digit
    }
}
