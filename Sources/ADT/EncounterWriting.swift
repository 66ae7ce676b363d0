import Admissions
import EventSourcing
import HL7v2

/// Reads PV1, PV2, DG1 and ZU1, and writes them as `EncounterDetails.encode(into:)` would.
struct EncounterWriting {
    private let visit: VisitNumber
    private let encounterClass: EncounterClass?
    private(set) var flags = MessageFlags()
    private let classPiece: Piece
    private let nulls: Bool
    private let admitted: Moment?
    private let discharged: Told<Moment>
    private let ready: Told<Moment>
    /// PV1-9 is the consultant in charge, else PV1-7; turned round where the event is about the attending doctor.
    private let consultantFields: (first: Int, second: Int)
    private let habits: ProfileHabits

    init(
        _ source: borrowing MessageSource, visit: VisitNumber, habits: ProfileHabits, kind: AdmissionEvent.Kind,
        isAboutAttending: Bool, times: inout MessageTimes, nulls: Bool
    ) {
        self.visit = visit
        consultantFields = isAboutAttending ? (7, 9) : (9, 7)
        self.habits = habits
        self.nulls = nulls
        times.readVisit(source, nulls: nulls)
        admitted = times.admitted
        discharged = times.discharged
        ready = source.has(.zu1) ? times.told(source.value(.zu1, 24), of: source, nulls: nulls) : .absent
        classPiece = source.value(.pv1, 2)
        encounterClass = Self.encounterClass(classPiece, source, habits: habits, kind: kind)
        if encounterClass == nil, source.hasValue(classPiece), !source.equals(classPiece, "N"),
            !source.equals(classPiece, "U")
        {
            flags.insert(.classUnknown)
        }
    }

    /// PV1-2, and what PV1-18 and ZU1-2 say beyond it (domain.md 6.1).
    private static func encounterClass(
        _ piece: Piece, _ source: borrowing MessageSource, habits: ProfileHabits, kind: AdmissionEvent.Kind
    ) -> EncounterClass? {
        guard source.hasValue(piece), let told = habits.encounterClass(piece, source) else { return nil }
        guard told == .inpatient else { return told }
        if let byType = habits.patientType(source.value(.pv1, 18), source) {
            // Registered as an inpatient in the emergency department: A04 does not admit.
            if byType == .daycase || kind == .registered { return byType }
        }
        guard source.has(.zu1) else { return told }
        // Intended management: 2 no night, 4 regular day, 5 regular night; said of elective admissions only.
        let intended = source.value(.zu1, 2)
        let isWithoutNight =
            source.equals(intended, "2") || source.equals(intended, "4") || source.equals(intended, "5")
        guard isWithoutNight else { return told }
        return UKCodes.isElective(admissionMethod: source.text(source.value(.pv1, 4))) ? .daycase : told
    }

    // MARK: Writing

    func write(to payload: inout PayloadWriter, facility: Piece, _ source: borrowing MessageSource) {
        let ends = discharge(source)
        payload.beginObject()
        payload.field("accountStatus", source.value(.pv1, 41), of: source, nulls: nulls)
        payload.field("admitted", admitted)
        payload.field("arrivalMode", source.value(.pv2, 38), of: source, nulls: nulls)
        payload.field("class", word: encounterClass?.word)
        if encounterClass == nil || encounterClass == .other {
            payload.field("classText", classPiece, of: source, nulls: false)
        }
        writeConsultant(to: &payload, source)
        payload.field("destination", ends.destination, of: source, nulls: nulls)
        payload.field("dischargeMethod", ends.method, of: source, nulls: nulls)
        payload.field("discharged", discharged)
        payload.field("disposal", ends.disposal, of: source, nulls: nulls)
        payload.field("disposition", ends.disposition, of: source, nulls: false)
        payload.date("expectedAdmission", source.value(.pv2, 8), of: source, nulls: nulls)
        payload.date("expectedDischarge", source.value(.pv2, 9), of: source, nulls: nulls)
        payload.key("issuer")
        payload.text(visit.issuer.isEmpty ? facility : visit.issuer, of: source)
        let location = source.field(.pv1, 3)
        if source.isNull(location) {
            payload.field("location", nullIf: nulls)
        } else {
            write("location", location, to: &payload, source)
        }
        if source.has(.zu1) { payload.yesNo("medicallyFit", source.value(.zu1, 22), of: source, nulls: nulls) }
        writeMethod(to: &payload, source)
        payload.key("number")
        payload.text(visit.number, of: source)
        if !visit.type.isEmpty { payload.field("numberType", source.word(visit.type)) }
        payload.field("patientType", source.value(.pv1, 18), of: source, nulls: nulls)
        write("priorLocation", source.field(.pv1, 6), to: &payload, source)
        payload.field("readyForDischarge", ready)
        writeReason(to: &payload, source)
        payload.field("source", source.value(.pv1, 14), of: source, nulls: nulls)
        payload.field("specialty", source.value(.pv1, 10), of: source, nulls: nulls)
        payload.endObject()
    }

    private func writeConsultant(to payload: inout PayloadWriter, _ source: borrowing MessageSource) {
        let start = payload.mark
        payload.clinician("consultant", source.field(.pv1, consultantFields.first), of: source)
        if payload.mark.count > start.count { return }
        payload.clinician("consultant", source.field(.pv1, consultantFields.second), of: source)
        if payload.mark.count > start.count { return }
        let isNull = source.isNull(source.field(.pv1, 9)) || source.isNull(source.field(.pv1, 7))
        payload.field("consultant", nullIf: nulls && isNull)
    }

    /// PV1-4: NHS codes as they are, others by the profile's map, the rest as sent.
    private func writeMethod(to payload: inout PayloadWriter, _ source: borrowing MessageSource) {
        let piece = source.value(.pv1, 4)
        let isDigits = piece.range.count == 2 && source.bytes[Int(piece.start)] <= UInt8(ascii: "9")
        guard source.hasValue(piece), !isDigits, let mapped = habits.profile.admissionMethods[source.word(piece)] else {
            payload.field("method", piece, of: source, nulls: nulls)
            return
        }
        payload.field("method", mapped)
    }

    /// PV2-3 in words, else the first diagnosis in words.
    private func writeReason(to payload: inout PayloadWriter, _ source: borrowing MessageSource) {
        let told = source.field(.pv2, 3)
        var reason = source.component(told, 2)
        if !source.hasValue(reason) { reason = source.component(told, 1) }
        if !source.hasValue(reason) { reason = source.component(source.field(.dg1, 3), 2) }
        if !source.hasValue(reason) { reason = source.value(.dg1, 4) }
        if source.hasValue(reason) {
            payload.field("reason", reason, of: source, nulls: false)
        } else {
            payload.field("reason", nullIf: nulls && source.isNull(told))
        }
    }

    // MARK: PV1-36 and PV1-37

    private struct Discharge {
        var method = Piece()
        var destination = Piece()
        var disposal = Piece()
        var disposition = Piece()
    }

    /// PV1-36 is a destination, an A&E disposal or a discharge method: as the profile says, else by value and class
    /// (domain.md 1.3, 1.5).
    ///
    /// A method 4 is death, a disposal 4 is not: never a method for an attendance.
    private func discharge(_ source: borrowing MessageSource) -> Discharge {
        var ends = Discharge()
        ends.destination = source.value(.pv1, 37)
        let told = source.value(.pv1, 36)
        if habits.profile.dispositionMeaning != .byValue {
            takeDisposition(told, into: &ends, source)
            return ends
        }
        guard source.hasValue(told) else {
            if encounterClass == .emergency { ends.disposal = told } else { ends.method = told }
            return ends
        }
        let isDestination = habits.isDestination(told, source)
        if isDestination, !source.hasValue(ends.destination) {
            ends.destination = told
        } else if encounterClass == .emergency {
            ends.disposal = told
        } else if !isDestination, isMethod(told, source) {
            ends.method = told
        } else {
            ends.disposition = told
        }
        return ends
    }

    /// PV1-36 where the profile says what it holds; what cannot be that is kept as sent.
    private func takeDisposition(_ told: Piece, into ends: inout Discharge, _ source: borrowing MessageSource) {
        switch habits.profile.dispositionMeaning {
        case .byValue: break
        case .dischargeMethod where encounterClass?.isAdmission ?? true: ends.method = told
        case .dischargeDestination where !source.hasValue(ends.destination): ends.destination = told
        case .disposal: ends.disposal = told
        case .dischargeMethod, .dischargeDestination: ends.disposition = told
        }
    }

    /// 1 to 9, a leading zero aside, of a stay.
    private func isMethod(_ piece: Piece, _ source: borrowing MessageSource) -> Bool {
        guard encounterClass?.isAdmission ?? true else { return false }
        let digit = source.bytes[Int(piece.start)]
        return piece.range.count == 1 && digit >= UInt8(ascii: "1") && digit <= UInt8(ascii: "9")
    }

    // MARK: PV1-3

    private func write(
        _ name: StaticString, _ field: Piece, to payload: inout PayloadWriter, _ source: borrowing MessageSource
    ) {
        var rest = field
        guard let repetition = source.nextRepetition(&rest) else { return }
        let parts = source.components(repetition)
        let wardNumber = wardComponent(parts, source)
        let start = payload.mark
        payload.key(name)
        payload.beginObject()
        let empty = payload.mark.count
        if wardNumber == 0 { payload.field("bay", source.head(source.part(parts, 1)), of: source, nulls: false) }
        payload.field("bed", source.head(source.part(parts, 2)), of: source, nulls: false)
        payload.field("description", source.part(parts, 8), of: source, nulls: false)
        payload.field("site", source.head(source.part(parts, 3)), of: source, nulls: false)
        payload.field("ward", source.head(source.part(parts, wardNumber)), of: source, nulls: false)
        if payload.mark.count == empty { payload.rewind(to: start) } else { payload.endObject() }
    }

    /// The place of the ward among the components, from 0.
    private func wardComponent(_ parts: Components, _ source: borrowing MessageSource) -> Int {
        switch habits.profile.wardComponent {
        case .pointOfCare: return 0
        case .room: return source.hasValue(parts, 1) ? 1 : 0
        case .automatic:
            guard source.hasValue(parts, 0), source.hasValue(parts, 1) else { return 0 }
            let first = source.head(source.part(parts, 0))
            if source.sameBytes(first, source.value(.msh, 4)) { return 1 }
            // The NHS ITK specification says so of itself, and has the ward in PL.2.
            if source.hasProfile(beginning: "ITKV") { return 1 }
            return first.range.count == 3 && source.begins(source.part(parts, 3), with: first) ? 1 : 0
        }
    }
}

extension EncounterClass {
    fileprivate var word: StaticString {
        switch self {
        case .inpatient: "inpatient"
        case .daycase: "daycase"
        case .emergency: "emergency"
        case .outpatient: "outpatient"
        case .preadmit: "preadmit"
        case .other: "other"
        }
    }
}

extension PayloadWriter {
    fileprivate mutating func yesNo(
        _ name: StaticString, _ piece: Piece, of source: borrowing MessageSource, nulls: Bool
    ) {
        if source.equals(piece, "Y") || source.equals(piece, "YES") {
            field(name, .value(true))
        } else if source.equals(piece, "N") || source.equals(piece, "NO") {
            field(name, .value(false))
        } else {
            field(name, nullIf: nulls && source.isNull(piece))
        }
    }

    /// A date, whatever time of day comes with it; left out if it is none.
    fileprivate mutating func date(
        _ name: StaticString, _ piece: Piece, of source: borrowing MessageSource, nulls: Bool
    ) {
        guard !piece.isEmpty else { return }
        if source.isNull(piece) {
            field(name, nullIf: nulls)
        } else if let time = source.timestamp(piece), !time.isSentinel {
            key(name)
            date(time)
        }
    }
}
