/// A stay in hospital or an A&E attendance, as it happens and as far as it has been told.
///
/// Times are microseconds since 1970-01-01T00:00:00Z, on whole minutes where they are clinical.
struct Stay: Sendable {
    enum Kind: UInt8, Sendable {
        case attendance, emergency, elective, dayCase, community
    }

    enum Status: UInt8, Sendable {
        case untold, open, finished, cancelled
    }

    /// The ways by which an A&E attendance becomes an emergency stay.
    enum WayIn: UInt8, Sendable {
        /// A04 of one visit; A01 of another; A03 of the first.
        case newVisit
        /// A04 of class E, then an A08 of class I on the same visit.
        case updatedClass
        /// A01 of class E, then an A02 of class I on the same visit.
        case transferredClass
    }

    let hospital: Int
    let person: Int
    let number: String
    var kind: Kind

    // As it happens.
    /// Arrival in A&E, or admission where there was no A&E before it on this visit.
    let arrivedAt: Int64
    /// Admission as an inpatient; nil for an attendance.
    var admittedAt: Int64?
    /// Departure, as far as it is settled.
    var leavesAt: Int64 = .max
    var diesAtEnd = false
    var place: Place
    var hasLeft = false
    /// Nobody came: entered in error, and about to be cancelled.
    var isMistake = false
    var wayIn = WayIn.newVisit

    // As told.
    var status = Status.untold
    /// PV1-44 as the hospital last had it, right or wrong.
    var toldAdmission: Int64
    /// PV1-45 as told; nil while not discharged.
    var toldDischarge: Int64?
    var toldDied = false
    var priorPlace: Place?
    /// When the present place was told.
    var placeToldAt: Int64 = .min
    var firstToldAt: Int64?
    var inpatientToldAt: Int64?
    var dischargeToldAt: Int64?

    // Clinical colour.
    var specialty: String
    var consultant: Int
    var method: String
    var source: String
    var destination = ""
    var dischargeMethod = ""
    var disposal = ""
    var reason: Int
    var arrivalMode: String
    var expectedDischarge: CalendarDay?
    var isMedicallyFit = false

    // What the hospital last said of the patient.
    var toldPractice: String?
    var hasToldNumber = false
    var toldDeceased = false
    /// A message about this patient is held up on its way: what has arrived is less than what was told.
    var isUnsettled = false
    /// A message about this patient was held up at some time: order of arrival differed from order of telling.
    var wasDisordered = false
    /// Last told in the hour that comes twice, so that the order of telling cannot be read from the messages.
    var hasAmbiguousOrder = false
}

/// A bed of a ward; ward −1 is A&E, bed 0 no bed in particular.
struct Place: Sendable, Equatable {
    var ward: Int
    var bed: Int

    static let emergencyDepartment = Place(ward: -1, bed: 0)
}
