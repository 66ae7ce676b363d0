import Admissions

/// A trigger event that is known, and what becomes of a message of it (domain.md 1.2).
struct TriggerEvent {
    /// What becomes of a message.
    enum Handling {
        /// One event of this kind.
        case tells(AdmissionEvent.Kind)
        /// An inpatient now; where the visit has another number than before, told of that one as well.
        case stepsIn
        /// One event of this kind for each group of segments.
        case tellsOfEach(AdmissionEvent.Kind)
        /// Events that say what a patient or a visit was before, of each group of segments.
        case joins(Joining)
        /// Without effect.
        case keeps
        /// A question, which nobody answers here.
        case refuses
    }

    /// What is said to be one.
    enum Joining {
        /// PID-3 is who MRG-1 was.
        case patients(AdmissionEvent.Kind)
        /// PV1-19 is what MRG-5 was.
        case visits(AdmissionEvent.Kind)
        /// Both at once.
        case patientsAndVisits
        /// The visit of MRG-5 is the patient's in PID-3, not that one's in MRG-1.
        case visitToPatient
        /// The same, and the visit may have the number in PV1-19 now.
        case visitNumberToPatient
    }

    /// `A01`; as told, whatever the sender profile makes of it.
    let code: String
    /// `ADT^A01`; as told.
    let messageType: String
    let handling: Handling
    /// Whether it is about PV1-7, the attending doctor, rather than about PV1-9.
    let isAboutAttending: Bool

    private init?(number: Int) {
        guard let handling = Self.handling(of: number) else { return nil }
        self.handling = handling
        code = Self.codes[number]
        messageType = Self.messageTypes[number]
        isAboutAttending = number == 54 || number == 55
    }

    /// Takes a trigger event that means what another means, which is known; `nil` if that is not.
    init?(_ code: String, meaning other: String) {
        guard let meant = TriggerEvent(other) else { return nil }
        self.code = code
        messageType = "ADT^" + code
        handling = meant.handling
        isAboutAttending = meant.isAboutAttending
    }

    /// `nil` if it is not known.
    init?(_ code: String) {
        var bytes = code.utf8.makeIterator()
        guard code.utf8.count == 3, let letter = bytes.next(), let tens = bytes.next(), let ones = bytes.next(),
            let number = Self.number(letter, tens, ones)
        else { return nil }
        self.init(number: number)
    }

    /// Reads MSH-9.2; `nil` if it is not known.
    init?(_ piece: Piece, of source: borrowing MessageSource) {
        guard piece.range.count == 3 else { return nil }
        let span = source.bytes.span
        let start = Int(piece.start)
        guard let number = Self.number(span[start], span[start + 1], span[start + 2]) else { return nil }
        self.init(number: number)
    }

    private static func number(_ letter: UInt8, _ tens: UInt8, _ ones: UInt8) -> Int? {
        let (tens, ones) = (tens &- 0x30, ones &- 0x30)
        guard letter & 0xDF == UInt8(ascii: "A"), tens < 10, ones < 10 else { return nil }
        return Int(tens) * 10 + Int(ones)
    }

    private static let numberMax = 62
    private static let codes = (0...numberMax).map { ($0 < 10 ? "A0" : "A") + String($0) }
    private static let messageTypes = codes.map { "ADT^" + $0 }

    private static func handling(of number: Int) -> Handling? {
        switch number {
        case 1: .tells(.admitted)
        case 2: .tells(.transferred)
        case 3: .tells(.discharged)
        case 4: .tells(.registered)
        case 5, 14: .tells(.preadmitted)
        case 6: .stepsIn
        case 7: .tells(.becameOutpatient)
        case 8: .tells(.updated)
        case 11: .tells(.admissionCancelled)
        case 12: .tells(.transferCancelled)
        case 13: .tells(.dischargeCancelled)
        case 15: .tells(.transferPlanned)
        case 16: .tells(.dischargePlanned)
        case 17: .tellsOfEach(.transferred)
        case 21: .tells(.leaveStarted)
        case 22: .tells(.leaveEnded)
        case 23: .tells(.deleted)
        case 25: .tells(.dischargePlanCancelled)
        case 26: .tells(.transferPlanCancelled)
        case 27, 38: .tells(.preadmissionCancelled)
        case 28: .tells(.patientAdded)
        case 29: .tells(.patientRemoved)
        case 31: .tells(.patientUpdated)
        case 34, 40: .joins(.patients(.patientMerged))
        case 35, 42: .joins(.visits(.merged))
        case 36: .joins(.patientsAndVisits)
        case 43: .joins(.patients(.patientMoved))
        case 44: .joins(.visitToPatient)
        case 45: .joins(.visitNumberToPatient)
        case 46, 47: .joins(.patients(.patientRenumbered))
        case 50: .joins(.visits(.renumbered))
        case 52: .tells(.leaveStartCancelled)
        case 53: .tells(.leaveEndCancelled)
        case 54, 61: .tells(.clinicianChanged)
        case 55, 62: .tells(.clinicianChangeCancelled)
        case 9, 10, 18, 20, 24, 30, 32, 33, 37, 39, 41, 48, 49, 51, 60: .keeps
        case 19: .refuses
        default: nil
        }
    }
}
