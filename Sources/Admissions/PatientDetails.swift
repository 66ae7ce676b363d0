/// What one message says about a patient.
///
/// Everything as sent; a field the message does not carry is `absent`, `nil` or empty, and changes nothing.
package struct PatientDetails: Sendable, Equatable {
    /// The hospital's own number for the patient: PID-3, the main one.
    package var local: Identifier?
    /// Further identifiers of PID-3 and PID-2, an NHS number that fails its check among them. A snapshot: the list
    /// replaces the one before.
    package var identifiers: [Identifier]
    /// A sound NHS number (domain.md 1.4).
    package var nhsNumber: NHSNumber?
    /// How far the NHS number was traced: `01` verified to `08` (NHS NUMBER STATUS INDICATOR CODE), from PID-32 or
    /// PID-3.
    package var nhsNumberStatus: String?
    /// PID-5, the main repetition.
    package var name: PersonName?
    /// The name the person goes by: PID-5, the repetition that is marked so.
    package var preferredName: Told<String>
    /// PID-7 as `yyyy-mm-dd`, `yyyy-mm` or `yyyy`: a date, which never moves with the clock.
    package var born: String?
    /// PID-8.
    package var gender: Told<Gender>
    /// PID-11, the first repetition.
    package var address: Told<PostalAddress>
    /// PID-13 and PID-14.
    package var phones: Told<[String]>
    /// The registered practice; `null` where the message tells that there is none, or one that cannot be.
    package var practice: Told<ODSPracticeCode>
    /// Where the practice stood: `PD1-3.3`.
    package var practiceField: String?
    /// PD1-4.
    package var gp: Told<Clinician>
    /// PID-30, or a time in PID-29 without it.
    package var deceased: Told<Bool>
    /// PID-29.
    package var diedAt: Told<Moment>
    /// To be shown with care: PV1-16 sensitive or stop-noted, or ZU8-4 national (domain.md 7.6).
    package var restricted: Told<Bool>

    package init(
        local: Identifier? = nil, identifiers: [Identifier] = [], nhsNumber: NHSNumber? = nil,
        nhsNumberStatus: String? = nil, name: PersonName? = nil, preferredName: Told<String> = .absent,
        born: String? = nil, gender: Told<Gender> = .absent, address: Told<PostalAddress> = .absent,
        phones: Told<[String]> = .absent, practice: Told<ODSPracticeCode> = .absent, practiceField: String? = nil,
        gp: Told<Clinician> = .absent, deceased: Told<Bool> = .absent, diedAt: Told<Moment> = .absent,
        restricted: Told<Bool> = .absent
    ) {
        self.local = local
        self.identifiers = identifiers
        self.nhsNumber = nhsNumber
        self.nhsNumberStatus = nhsNumberStatus
        self.name = name
        self.preferredName = preferredName
        self.born = born
        self.gender = gender
        self.address = address
        self.phones = phones
        self.practice = practice
        self.practiceField = practiceField
        self.gp = gp
        self.deceased = deceased
        self.diedAt = diedAt
        self.restricted = restricted
    }

    /// Whose details these are; `nil` where the message identifies nobody.
    package var key: PatientKey? {
        local.map(PatientKey.init) ?? nhsNumber.map(PatientKey.init)
    }
}
