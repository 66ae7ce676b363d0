package import EventSourcing
import HL7v2

/// What is so, and what the hospitals have said is so, at one moment of a simulation.
///
/// The oracle of the tests: whatever reads all messages sent up to then, in any order, must come to the same lists.
package struct Truth: Sendable {
    /// A stay or an attendance.
    package struct Stay: Sendable, Equatable {
        /// Where the hospital says that it stands.
        package enum Status: String, Sendable {
            /// Nobody has been told of it.
            case untold
            case open, finished, cancelled
        }

        package enum Kind: String, Sendable {
            case attendance, inpatient, dayCase
        }

        /// Code of the hospital.
        package let hospital: String
        /// Visit number (PV1-19.1).
        package let number: String
        /// The hospital's number for the patient.
        package let localIdentifier: String
        /// The patient's index in the district.
        package let person: Int

        // As it happens.
        package let arrivedAt: Instant
        /// When the patient leaves or left; nil where that is not settled yet, or where nobody ever came.
        package let leavesAt: Instant?
        /// Whether nobody came: the entry is about to be cancelled, or has been.
        package let isMistake: Bool

        // As told.
        package let status: Status
        /// As last told: an attendance becomes an inpatient stay when it is told on the same visit.
        package let kind: Kind
        /// PV1-44 as last sent.
        package let toldAdmission: Instant
        /// PV1-45 as last sent.
        package let toldDischarge: Instant?
        package let ward: String
        package let bed: String?
        /// PD1: nil where the hospital knows of no practice.
        package let practice: String?
        package let nhsNumber: String?
        package let isDeceased: Bool
        /// When the first message about it was sent.
        package let firstToldAt: Instant?
        /// When the first message was sent that says the patient is in a bed.
        package let inpatientToldAt: Instant?
        package let dischargeToldAt: Instant?

        // How far the messages can be trusted to tell it.
        /// A message about the patient is held up: less has been sent than the hospital believes.
        package let isUnsettled: Bool
        /// A message about the patient was held up once: times of sending differ from the order of telling.
        package let wasDisordered: Bool
        /// A time lies in the hour that comes twice and may be read an hour off.
        package let hasAmbiguousTime: Bool
        /// Told within the hour that comes twice: what was told last cannot be known from the messages.
        package let hasAmbiguousOrder: Bool
    }

    /// The moment.
    package let at: Instant
    /// All stays in memory that have begun, by hospital and visit number; one for each number.
    package let stays: [Stay]

    /// Who is in a bed, as told.
    package func inHospital(_ hospital: String? = nil, practice: String? = nil) -> [Stay] {
        matching(hospital, practice) { $0.status == .open && $0.kind != .attendance }
    }

    /// Who is in A&E, as told.
    package func inEmergencyDepartment(practice: String? = nil) -> [Stay] {
        matching(nil, practice) { $0.status == .open && $0.kind == .attendance }
    }

    /// Who is in a bed or in A&E in fact, told or not.
    package func present(_ hospital: String? = nil) -> [Stay] {
        matching(hospital, nil) { !$0.isMistake && ($0.leavesAt.map { at < $0 } ?? true) }
    }

    /// Whose being in a bed was first told after `instant`, and has not been cancelled.
    package func admissions(toldAfter instant: Instant, practice: String? = nil) -> [Stay] {
        matching(nil, practice) {
            $0.isTold && $0.kind != .attendance && ($0.inpatientToldAt.map { $0 > instant } ?? false)
        }
    }

    /// Whose discharge from a bed was told after `instant`.
    package func discharges(toldAfter instant: Instant, practice: String? = nil) -> [Stay] {
        matching(nil, practice) {
            $0.status == .finished && $0.kind != .attendance && ($0.dischargeToldAt.map { $0 > instant } ?? false)
        }
    }

    /// Whose attendance at A&E was first told after `instant`, those aside who were admitted on the same visit.
    package func attendances(toldAfter instant: Instant, practice: String? = nil) -> [Stay] {
        matching(nil, practice) {
            $0.isTold && $0.kind == .attendance && ($0.firstToldAt.map { $0 > instant } ?? false)
        }
    }

    private func matching(_ hospital: String?, _ practice: String?, _ condition: (Stay) -> Bool) -> [Stay] {
        stays.filter { stay in
            (hospital == nil || stay.hospital == hospital) && (practice == nil || stay.practice == practice)
                && condition(stay)
        }
    }

    /// Whether a local time comes twice.
    static func isAmbiguous(_ microseconds: Int64) -> Bool {
        let local = LondonTime.civil(microseconds)
        return LondonTime.utcMicroseconds(
            year: local.year, month: local.month, day: local.day, hour: local.hour, minute: local.minute,
            second: local.second
        ).isAmbiguous
    }
}

extension Truth.Stay {
    /// Whether it has been told and stands.
    package var isTold: Bool { status == .open || status == .finished }
}

extension Simulation {
    /// What is so after all messages sent up to and including `instant`.
    ///
    /// From the present on it costs no more than the simulation until then; for a moment before the message that was
    /// yielded last, the simulation is run again from its beginning. Finished stays are known for `historyDays`.
    package func truth(at instant: Instant) -> Truth {
        var other = instant.microseconds >= lastSent ? self : Simulation(
            district: district, from: start, seed: seed, settings: settings)
        other.skip(to: instant)
        return Truth(at: instant, stays: other.truthStays(until: instant))
    }

    private func truthStays(until instant: Instant) -> [Truth.Stay] {
        var latest: [String: Int] = [:]
        for id in stays.keys.sorted() {
            guard let stay = stays[id], stay.arrivedAt <= instant.microseconds else { continue }
            let key = district.hospitals[stay.hospital].code + "|" + stay.number
            // A number used again stands for the later stay, once that has been told.
            if latest[key] == nil || stay.status != .untold { latest[key] = id }
        }
        return latest.keys.sorted().compactMap { latest[$0].flatMap { stays[$0] }.map(truth) }
    }

    private func truth(of stay: Stay) -> Truth.Stay {
        let hospital = district.hospitals[stay.hospital]
        func instant(_ microseconds: Int64) -> Instant { Instant(microseconds: microseconds) }
        let times = [stay.arrivedAt, stay.toldAdmission, stay.admittedAt, stay.toldDischarge].compactMap(\.self)
        return Truth.Stay(
            hospital: hospital.code, number: stay.number,
            localIdentifier: hospital.localIdentifier(of: stay.person), person: stay.person,
            arrivedAt: instant(stay.arrivedAt), leavesAt: stay.leavesAt == .max ? nil : instant(stay.leavesAt),
            isMistake: stay.isMistake, status: Truth.Stay.Status(stay.status), kind: Truth.Stay.Kind(stay.kind),
            toldAdmission: instant(stay.toldAdmission), toldDischarge: stay.toldDischarge.map(instant),
            ward: stay.place.ward < 0 ? "ED" : hospital.wards[stay.place.ward].code,
            bed: stay.place.bed > 0 ? String(stay.place.bed) : nil, practice: stay.toldPractice,
            nhsNumber: stay.hasToldNumber ? district.tracedNumber(stay.person) : nil, isDeceased: stay.toldDeceased,
            firstToldAt: stay.firstToldAt.map(instant),
            inpatientToldAt: stay.inpatientToldAt.map(instant), dischargeToldAt: stay.dischargeToldAt.map(instant),
            isUnsettled: stay.isUnsettled, wasDisordered: stay.wasDisordered,
            hasAmbiguousTime: times.contains(where: Truth.isAmbiguous), hasAmbiguousOrder: stay.hasAmbiguousOrder)
    }
}

extension Truth.Stay.Status {
    init(_ status: Stay.Status) {
        switch status {
        case .untold: self = .untold
        case .open: self = .open
        case .finished: self = .finished
        case .cancelled: self = .cancelled
        }
    }
}

extension Truth.Stay.Kind {
    init(_ kind: Stay.Kind) {
        switch kind {
        case .attendance: self = .attendance
        case .dayCase: self = .dayCase
        case .emergency, .elective, .community: self = .inpatient
        }
    }
}
