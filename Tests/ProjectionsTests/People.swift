import Admissions
import EventSourcing

/// Invented people, all in the 999 range of NHS numbers.
struct Person: Sendable, Hashable {
    /// The hospital's own number; `nil` where a message tells the NHS number alone.
    var number: String?
    var nhsNumber: String
    var family: String
    var given: String
    var practice: String?
    var isRestricted = false
    /// Whether messages say anything of the practice.
    var tellsPractice = true

    static let billie = Person(
        number: "L1", nhsNumber: "9990000018", family: "Nightingale-Ashworth", given: "Wilhelmina", practice: "Z99001")
    static let kit = Person(
        number: "L2", nhsNumber: "9990000026", family: "Abernathy", given: "Kit", practice: "Z99001")
    static let mo = Person(number: "L3", nhsNumber: "9990000034", family: "Okafor", given: "Mo", practice: "Z99002")
    static let sam = Person(
        number: "L4", nhsNumber: "9990000042", family: "Tregenza", given: "Sam", practice: "Z99001", isRestricted: true)
    static let nobody = Person(number: "L5", nhsNumber: "9990000050", family: "Unknown", given: "", practice: nil)

    /// The same person, registered elsewhere.
    func registered(at practice: String?) -> Person {
        var person = self
        person.practice = practice
        return person
    }

    /// The same person under another family name.
    func called(_ family: String) -> Person {
        var person = self
        person.family = family
        return person
    }

    var identifier: Identifier? { number.map { Identifier(value: $0, issuer: "ZX901", type: "MR") } }

    /// The same person, of whom a message tells no more than the NHS number and the name.
    var byNHSNumberAlone: Person {
        var person = self
        person.number = nil
        person.tellsPractice = false
        return person
    }

    var details: PatientDetails {
        PatientDetails(
            local: identifier, nhsNumber: NHSNumber(nhsNumber),
            name: PersonName(family: family, given: [given], prefix: "Mx"), born: "1931-12-25",
            practice: tellsPractice ? practice.flatMap { ODSPracticeCode($0) }.map(Told.value) ?? .null : .absent,
            restricted: isRestricted ? .value(true) : .absent)
    }
}

/// An instant from its text.
func instant(_ text: String) -> Instant {
    Instant(iso8601: text) ?? Instant(microseconds: 0)
}

/// What a hospital may tell of one visit.
struct Visit: Sendable {
    var number: String
    var person: Person
    var encounterClass = EncounterClass.inpatient
    var ward = "7B"
    var specialty = "430"
    var dischargeMethod = "1"

    func admitted(_ at: String, recorded: String? = nil, method: String = "21") -> AdmissionEvent {
        var details = details
        details.admittedAt = Moment(instant(at))
        details.admissionMethod = .value(method)
        details.reason = "Fall at home"
        return event(.admitted, recorded ?? at, details)
    }

    func registered(_ at: String, recorded: String? = nil) -> AdmissionEvent {
        var details = details
        details.admittedAt = Moment(instant(at))
        details.reason = "Chest pain"
        return event(.registered, recorded ?? at, details)
    }

    func moved(to ward: String, _ at: String) -> AdmissionEvent {
        var details = details
        details.location = .value(HospitalLocation(site: "ZX901", ward: ward, bay: "2", bed: "9"))
        return event(.transferred, at, details)
    }

    func discharged(
        _ at: String, recorded: String? = nil, method: String? = nil, destination: String = "19",
        disposal: String? = nil
    ) -> AdmissionEvent {
        var details = details
        details.dischargedAt = .value(Moment(instant(at)))
        details.dischargeMethod = encounterClass == .inpatient ? .value(method ?? dischargeMethod) : .absent
        details.dischargeDestination = encounterClass == .inpatient ? .value(destination) : .absent
        details.disposal = Told(disposal)
        return event(.discharged, recorded ?? at, details)
    }

    func updated(_ at: String) -> AdmissionEvent {
        event(.updated, at, details)
    }

    func admissionCancelled(_ at: String) -> AdmissionEvent {
        event(.admissionCancelled, at, details)
    }

    func dischargeCancelled(_ at: String) -> AdmissionEvent {
        event(.dischargeCancelled, at, details)
    }

    /// It is this person's, and not the other's (A44).
    func taken(from other: Person, _ at: String) -> AdmissionEvent {
        AdmissionEvent(
            kind: .moved, telling: Telling(trigger: "A44", recorded: Moment(instant(at))), patient: person.details,
            encounter: EncounterDetails(number: number, issuer: "ZX901"),
            prior: PriorIdentity(identifiers: [other.identifier].compactMap(\.self)))
    }

    /// It was told under this other number, too (A42).
    func merged(with other: Visit, _ at: String) -> AdmissionEvent {
        AdmissionEvent(
            kind: .merged, telling: Telling(trigger: "A42", recorded: Moment(instant(at))), patient: person.details,
            encounter: EncounterDetails(number: number, issuer: "ZX901"),
            prior: PriorIdentity(encounter: EncounterKey(issuer: "ZX901", number: other.number)))
    }

    private var details: EncounterDetails {
        EncounterDetails(
            number: number, issuer: "ZX901", encounterClass: encounterClass,
            location: .value(HospitalLocation(site: "ZX901", ward: ward, bay: "1", bed: "3")),
            consultant: .value(Clinician(code: "C1234567", name: "Mr Imran Khan")),
            specialty: .value(specialty))
    }

    private func event(_ kind: AdmissionEvent.Kind, _ recorded: String, _ details: EncounterDetails) -> AdmissionEvent {
        AdmissionEvent(
            kind: kind, telling: Telling(trigger: "A00", recorded: Moment(instant(recorded))), patient: person.details,
            encounter: details)
    }
}

extension Person {
    /// News about the person alone.
    func updated(_ at: String) -> AdmissionEvent {
        AdmissionEvent(
            kind: .patientUpdated, telling: Telling(trigger: "A31", recorded: Moment(instant(at))), patient: details)
    }
}
