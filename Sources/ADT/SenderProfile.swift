package import Admissions

/// The habits of one sender, as data: where things stand in its messages and what its codes mean.
///
/// All names and codes are compared in upper case.
package struct SenderProfile: Sendable, Equatable {
    /// What `""` means (domain.md 1.6).
    package enum NullSemantics: String, Sendable {
        /// HL7 v2 chapter 2.5.3: delete the value.
        case hl7
        /// Nothing: some senders write it for every empty field.
        case ignore
    }

    /// Which time says when the hospital recorded an event.
    package enum RecordedTime: String, Sendable {
        /// EVN-2, else MSH-7 (the norm).
        case eventRecorded
        /// MSH-7: for senders that write the time of the event itself into EVN-2.
        case messageMade
    }

    /// Which component of PV1-3 names the ward.
    package enum WardComponent: String, Sendable {
        /// PL.1, the point of care; the bay is PL.2.
        case pointOfCare
        /// PL.2, the room (NHS ITK); PL.1 is then an organisation or a wing.
        case room
        /// PL.1, unless that only repeats the organisation: MSH-4, or the beginning of the site in PL.4. Then PL.2.
        case automatic
    }

    /// What PV1-36 holds (domain.md 1.3: the specifications disagree).
    package enum DispositionMeaning: String, Sendable {
        /// Worked out from the value and the class.
        case byValue
        /// NHS discharge method; of an attendance it is kept as sent, for a 4 there may not mean death.
        case dischargeMethod
        /// NHS discharge destination.
        case dischargeDestination
        /// A&E attendance disposal.
        case disposal
    }

    /// A place in PD1 where a practice's code may stand.
    package struct PracticePath: Sendable, Equatable {
        package let field: Int
        package let component: Int
        /// Shown beside what was found there: `PD1-3.3`.
        package let name: String

        package init(field: Int, component: Int) {
            self.field = field
            self.component = component
            name = "PD1-\(field).\(component)"
        }
    }

    package var name: String
    /// Trigger events that mean what another one means, or nothing at all: such a message is kept without effect.
    package var triggers: [String: String?]
    package var nullSemantics: NullSemantics
    package var recordedTime: RecordedTime
    package var wardComponent: WardComponent
    /// CX.4 or CX.5 of an NHS number, without blanks; at most 16 characters of ASCII each.
    package var nhsNumberMarks: [String]
    /// Whether a bare number in PID-19 that passes the check is an NHS number.
    package var nhsNumberInPID19: Bool
    /// CX.5 of the hospital's own patient number, the best first.
    package var localIdentifierTypes: [String]
    /// Where the practice's code stands, the best first; all repetitions of each.
    package var practicePaths: [PracticePath]
    /// Whether PID-18 is the visit number where PV1-19 tells none.
    package var visitNumberInPID18: Bool
    /// PV1-2.
    package var classes: [String: EncounterClass]
    /// PV1-18, where it says more than PV1-2; at most 16 characters of ASCII each, blanks aside.
    package var patientTypes: [String: EncounterClass]
    /// PV1-4, where it is not the NHS code; no value means "says nothing".
    package var admissionMethods: [String: String?]
    /// Values of PV1-36 that are discharge destinations.
    package var destinationCodes: Set<String>
    package var dispositionMeaning: DispositionMeaning
    /// CX.4 (else CX.6) of the hospital's own patient number; where it is set, no other authority's number is taken for
    /// it.
    package var localIdentifierIssuer: String?
    /// Wards of the frail and older persons' assessment service.
    package var fopasWards: Set<String>
    /// Wards that are no beds: hospital at home.
    package var virtualWards: Set<String>
    /// Wards whose patients are shown with care (domain.md 7.6).
    package var sensitiveWards: Set<String>
    /// PV1-10 whose patients are shown with care (domain.md 7.6).
    package var sensitiveSpecialties: Set<String>

    package init(
        name: String, nullSemantics: NullSemantics, recordedTime: RecordedTime, wardComponent: WardComponent,
        nhsNumberMarks: [String], nhsNumberInPID19: Bool, localIdentifierTypes: [String],
        practicePaths: [PracticePath], classes: [String: EncounterClass], patientTypes: [String: EncounterClass],
        admissionMethods: [String: String?], destinationCodes: Set<String>,
        dispositionMeaning: DispositionMeaning = .byValue, localIdentifierIssuer: String? = nil,
        visitNumberInPID18: Bool = false, triggers: [String: String?] = [:], fopasWards: Set<String> = [],
        virtualWards: Set<String> = [], sensitiveWards: Set<String> = [], sensitiveSpecialties: Set<String> = []
    ) {
        self.name = name
        self.triggers = triggers
        self.nullSemantics = nullSemantics
        self.recordedTime = recordedTime
        self.wardComponent = wardComponent
        self.nhsNumberMarks = nhsNumberMarks
        self.nhsNumberInPID19 = nhsNumberInPID19
        self.localIdentifierTypes = localIdentifierTypes
        self.practicePaths = practicePaths
        self.visitNumberInPID18 = visitNumberInPID18
        self.classes = classes
        self.patientTypes = patientTypes
        self.admissionMethods = admissionMethods
        self.destinationCodes = destinationCodes
        self.dispositionMeaning = dispositionMeaning
        self.localIdentifierIssuer = localIdentifierIssuer
        self.fopasWards = fopasWards
        self.virtualWards = virtualWards
        self.sensitiveWards = sensitiveWards
        self.sensitiveSpecialties = sensitiveSpecialties
    }
}
