import Admissions
import EventSourcing
import HL7v2

/// Reads PID, PD1 and what else tells of the patient, and writes it as `PatientDetails.encode(into:)` would.
struct PatientWriting {
    let identity: PatientIdentity
    private(set) var flags = MessageFlags()
    private let nulls: Bool
    private let born: HL7Timestamp?
    private let diedAt: Told<Moment>
    private let practice: Told<ODSPracticeCode>
    private let practiceField: String?
    private let isSensitive: Bool

    /// A date of birth before this is a mistake.
    private static let bornYearMin = 1875

    /// - Parameters:
    ///   - nulls: whether `""` counts.
    ///   - isStub: whether PD1 may be one, as in a cancel or a merge: then it takes no practice away (domain.md 1.6).
    init(
        _ source: borrowing MessageSource, habits: ProfileHabits, identity: PatientIdentity, times: inout MessageTimes,
        nulls: Bool, isStub: Bool
    ) {
        self.identity = identity
        self.nulls = nulls
        if identity.hasInvalidNHSNumber { flags.insert(.nhsNumberInvalid) }

        let bornPiece = source.value(.pid, 7)
        let born = source.hasValue(bornPiece) ? source.timestamp(bornPiece) : nil
        if let born, born.year >= Self.bornYearMin, !born.isSentinel {
            self.born = born
        } else {
            self.born = nil
            if source.hasValue(bornPiece) { flags.insert(.bornUnreadable) }
        }
        diedAt = times.told(source.value(.pid, 29), of: source, nulls: nulls)
        isSensitive = habits.isSensitive(source)
        (practice, practiceField) = Self.practice(source, habits: habits, nulls: nulls, isStub: isStub)
        if case .null = practice, practiceField == nil, !source.isNull(source.field(.pd1, 3)) {
            flags.insert(.practiceUnreadable)
        }
    }

    /// The first code in the profile's places that is one; `null` where the message tells that there is none, or
    /// names a practice by no code that can be one: then no practice may see the patient.
    private static func practice(
        _ source: borrowing MessageSource, habits: ProfileHabits, nulls: Bool, isStub: Bool
    ) -> (Told<ODSPracticeCode>, String?) {
        guard source.has(.pd1) else { return (.absent, nil) }
        for path in habits.profile.practicePaths {
            var rest = source.field(.pd1, path.field)
            while let repetition = source.nextRepetition(&rest) {
                let code = source.head(source.component(repetition, path.component))
                guard source.hasValue(code) else { continue }
                switch ODSPracticeCode.read(source.bytes.span.extracting(code.range)) {
                case .value(let found): return (.value(found), path.name)
                case .null: return (.null, path.name)
                case .absent: continue
                }
            }
        }
        let named = source.field(.pd1, 3)
        if isStub || named.isEmpty { return (.absent, nil) }
        if source.isNull(named) { return (nulls ? .null : .absent, nil) }
        return (isSomething(named, source) ? .null : .absent, nil)
    }

    /// Whether any part of a field holds a value.
    private static func isSomething(_ field: Piece, _ source: borrowing MessageSource) -> Bool {
        var rest = field
        while let repetition = source.nextRepetition(&rest) {
            let parts = source.components(repetition)
            for number in 0..<parts.count where source.hasValue(parts, number) { return true }
        }
        return false
    }

    // MARK: Writing

    func write(to payload: inout PayloadWriter, facility: Piece, _ source: borrowing MessageSource) {
        payload.beginObject()
        writeAddress(to: &payload, source)
        if let born {
            payload.key("born")
            payload.date(born)
        }
        payload.field("deceased", deceased(source))
        payload.field("died", diedAt)
        let names = names(source)
        writeFamily(names, to: &payload, source)
        payload.gender("gender", source, nulls: nulls)
        writeGiven(names, to: &payload, source)
        writeGP(to: &payload, source)
        if !identity.others.isEmpty {
            payload.key("ids")
            payload.beginArray()
            for other in identity.others { payload.identifier(other, facility: facility, of: source) }
            payload.endArray()
        }
        if let local = identity.local {
            payload.key("local")
            payload.identifier(local, facility: facility, of: source)
        }
        if let number = identity.nhsNumber {
            payload.key("nhs")
            if let piece = identity.nhsNumberPiece {
                payload.text(piece, of: source)
            } else {
                payload.string(number.digits)
            }
        }
        payload.field("nhsStatus", identity.nhsNumberStatus.map { "0" + String(Unicode.Scalar($0)) })
        writePhones(to: &payload, source)
        switch practice {
        case .absent: break
        case .null: payload.field("practice", nullIf: true)
        case .value(let code): payload.field("practice", code.rawValue)
        }
        payload.field("practiceField", practiceField)
        if let preferred = names.preferred { payload.field("preferred", preferred, of: source, nulls: false) }
        if let name = names.main, Self.isName(name, source) {
            payload.field("prefix", source.part(name, 4), of: source, nulls: false)
        }
        payload.field("restricted", restricted(source))
        payload.endObject()
    }

    // MARK: PID-5

    private struct Names {
        var main: Components?
        var preferred: Piece?
    }

    /// The main name, and the one the person goes by. XPN.7 says which repetition is which (table 0200).
    private func names(_ source: borrowing MessageSource) -> Names {
        var names = Names()
        var spare: Components?
        var rest = source.field(.pid, 5)
        while let repetition = source.nextRepetition(&rest) {
            let parts = source.components(repetition)
            let type = source.part(parts, 6)
            if source.equals(type, "PREFERRED") || source.equals(type, "N") {
                if names.preferred == nil, Self.isName(parts, source) {
                    names.preferred = source.hasValue(parts, 1) ? source.part(parts, 1) : source.part(parts, 0)
                }
            } else if source.equals(type, "A") || source.equals(type, "PREVIOUS") || source.equals(type, "ALIAS") {
                if spare == nil { spare = parts }
            } else if names.main == nil, Self.isName(parts, source) {
                names.main = parts
            }
        }
        if names.main == nil { names.main = spare }
        return names
    }

    private static func isName(_ parts: Components, _ source: borrowing MessageSource) -> Bool {
        source.hasValue(parts, 0) || source.hasValue(parts, 1)
    }

    private func writeFamily(_ names: Names, to payload: inout PayloadWriter, _ source: borrowing MessageSource) {
        guard let name = names.main, Self.isName(name, source) else { return }
        payload.key("family")
        payload.text(source.part(name, 0), of: source)
    }

    private func writeGiven(_ names: Names, to payload: inout PayloadWriter, _ source: borrowing MessageSource) {
        guard let name = names.main, source.hasValue(name, 1) || source.hasValue(name, 2) else { return }
        payload.key("given")
        payload.beginArray()
        for number in 1...2 where source.hasValue(name, number) { payload.text(source.part(name, number), of: source) }
        payload.endArray()
    }

    // MARK: PID-11, PID-13, PID-14, PID-30, PD1-4

    private func writeAddress(to payload: inout PayloadWriter, _ source: borrowing MessageSource) {
        var rest = source.field(.pid, 11)
        if source.isNull(rest) {
            payload.field("address", nullIf: nulls)
            return
        }
        guard let repetition = source.nextRepetition(&rest) else { return }
        let parts = source.components(repetition)
        let hasLines =
            source.hasValue(parts, 0) || source.hasValue(parts, 1) || source.hasValue(parts, 2)
            || source.hasValue(parts, 3)
        guard hasLines || source.hasValue(parts, 4) else { return }
        payload.key("address")
        payload.beginObject()
        if hasLines {
            payload.key("lines")
            payload.beginArray()
            for number in 0..<4 where source.hasValue(parts, number) {
                payload.text(source.part(parts, number), of: source)
            }
            payload.endArray()
        }
        payload.field("postcode", source.part(parts, 4), of: source, nulls: false)
        payload.endObject()
    }

    private func writePhones(to payload: inout PayloadWriter, _ source: borrowing MessageSource) {
        if source.isNull(source.field(.pid, 13)) {
            payload.field("phones", nullIf: nulls)
            return
        }
        let start = payload.mark
        var isFirst = true
        for number in 13...14 {
            var rest = source.field(.pid, number)
            while let repetition = source.nextRepetition(&rest) {
                let phone = source.component(repetition, 1)
                guard source.hasValue(phone), !Self.isEmail(repetition, phone, source) else { continue }
                if isFirst {
                    payload.key("phones")
                    payload.beginArray()
                    isFirst = false
                }
                payload.text(phone, of: source)
            }
        }
        if isFirst { payload.rewind(to: start) } else { payload.endArray() }
    }

    /// XTN: marked so in components 2, 3 or 5, or written like one.
    private static func isEmail(_ repetition: Piece, _ text: Piece, _ source: borrowing MessageSource) -> Bool {
        if source.contains(UInt8(ascii: "@"), text) { return true }
        let parts = source.components(repetition)
        return isEmailMark(source.part(parts, 1), source) || isEmailMark(source.part(parts, 2), source)
            || isEmailMark(source.part(parts, 4), source)
    }

    private static func isEmailMark(_ mark: Piece, _ source: borrowing MessageSource) -> Bool {
        guard !mark.isEmpty else { return false }
        return source.equals(mark, "EMAIL") || source.equals(mark, "INTERNET") || source.equals(mark, "NET")
    }

    private func writeGP(to payload: inout PayloadWriter, _ source: borrowing MessageSource) {
        let field = source.field(.pd1, 4)
        if source.isNull(field) {
            payload.field("gp", nullIf: nulls)
            return
        }
        payload.clinician("gp", field, of: source)
    }

    /// PID-30 decides; a time in PID-29 without a word in it is a death as well (domain.md 1.3, uk-messages.md): many send
    /// `""` in PID-30 of everybody.
    private func deceased(_ source: borrowing MessageSource) -> Told<Bool> {
        let told = source.value(.pid, 30)
        if source.equals(told, "Y") || source.equals(told, "YES") { return .value(true) }
        if source.equals(told, "N") || source.equals(told, "NO") { return .value(false) }
        let isNull = source.isNull(told)
        if diedAt.value != nil, told.isEmpty || isNull { return .value(true) }
        return isNull && nulls ? .null : .absent
    }

    /// PV1-16 (ITK table 0099), ZU8-4, DG1-18, the profile's wards and specialties: each is enough (domain.md 7.6).
    private func restricted(_ source: borrowing MessageSource) -> Told<Bool> {
        if isSensitive { return .value(true) }
        let sensitivity = source.value(.pv1, 16)
        let hiding = source.value(.zu8, 4)
        if source.equals(source.value(.dg1, 18), "Y") { return .value(true) }
        if source.equals(sensitivity, "S") || source.equals(sensitivity, "Y") || source.equals(hiding, "2") {
            return .value(true)
        }
        if source.equals(sensitivity, "N") || source.equals(hiding, "0") || source.equals(hiding, "1") {
            return .value(false)
        }
        return .absent
    }
}

extension PayloadWriter {
    /// PID-8: NHS numbers or HL7 letters (domain.md 1.3).
    fileprivate mutating func gender(_ name: StaticString, _ source: borrowing MessageSource, nulls: Bool) {
        let piece = source.value(.pid, 8)
        guard source.hasValue(piece) else {
            field(name, nullIf: nulls && source.isNull(piece))
            return
        }
        let gender: StaticString
        switch source.bytes[Int(piece.start)] {
        case UInt8(ascii: "1"), UInt8(ascii: "M"), UInt8(ascii: "m"): gender = "male"
        case UInt8(ascii: "2"), UInt8(ascii: "F"), UInt8(ascii: "f"): gender = "female"
        case UInt8(ascii: "O"), UInt8(ascii: "o"), UInt8(ascii: "A"), UInt8(ascii: "a"): gender = "other"
        default: gender = "unknown"
        }
        field(name, word: gender)
    }

    /// As `Identifier.encode(into:)` writes it.
    mutating func identifier(_ found: PatientIdentity.Found, facility: Piece, of source: borrowing MessageSource) {
        beginObject()
        key("issuer")
        text(found.issuer.isEmpty ? facility : found.issuer, of: source)
        field("type", found.type, of: source, nulls: false)
        key("value")
        text(found.value, of: source)
        endObject()
    }

    /// A doctor (XCN): the first repetition with a national code, else the first that tells a code or a name.
    mutating func clinician(_ name: StaticString, _ field: Piece, of source: borrowing MessageSource) {
        var rest = field
        var found: Components?
        while let repetition = source.nextRepetition(&rest) {
            let parts = source.components(repetition)
            let code = source.head(source.part(parts, 0))
            if Self.isNational(code, source) {
                found = parts
                break
            }
            let tells = source.hasValue(code) || source.hasValue(parts, 1) || source.hasValue(parts, 2)
            if found == nil, tells { found = parts }
        }
        guard let parts = found else { return }
        key(name)
        beginObject()
        self.field("code", source.head(source.part(parts, 0)), of: source, nulls: false)
        if source.hasValue(parts, 1) || source.hasValue(parts, 2) {
            // XCN.6 holds the practice's code at one sender.
            let prefix = Self.isPractice(source.part(parts, 5), source) ? Piece() : source.part(parts, 5)
            key("name")
            joined([prefix, source.part(parts, 2), source.part(parts, 1)], by: 0x20, skipsEmpty: true, of: source)
        }
        endObject()
    }

    /// `C1234567`, a consultant's, or `G1234567`, a GP's (NHS Data Dictionary, CONSULTANT CODE).
    private static func isNational(_ code: Piece, _ source: borrowing MessageSource) -> Bool {
        guard code.range.count == 8 else { return false }
        let letter = source.bytes[Int(code.start)] & 0xDF
        return (letter == UInt8(ascii: "C") || letter == UInt8(ascii: "G"))
            && source.isDigits(code.range.dropFirst())
    }

    private static func isPractice(_ piece: Piece, _ source: borrowing MessageSource) -> Bool {
        if case .value = ODSPracticeCode.read(source.bytes.span.extracting(piece.range)) { return true }
        return false
    }
}
