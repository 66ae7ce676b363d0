package import EventSourcing

/// One patient of a hospital: for each field, what was told last.
///
/// Last by when the hospital recorded it (`FactKey`), field by field, so any order of arrival with any repeats gives
/// the same state, by construction.
package struct Patient: Sendable, Equatable {
    /// Which patient.
    package let key: PatientKey
    private var local = Register<Identifier>()
    private var identifierList = Register<[Identifier]>()
    private var nhsNumberTold = Register<NHSNumber>()
    private var nhsNumberStatusTold = Register<String>()
    private var nameTold = Register<PersonName>()
    private var preferredNameTold = Register<String>()
    private var bornTold = Register<String>()
    private var genderTold = Register<Gender>()
    private var addressTold = Register<PostalAddress>()
    private var phonesTold = Register<[String]>()
    private var practiceTold = Register<ODSPracticeCode>()
    private var practiceFieldTold = Register<String>()
    private var gpTold = Register<Clinician>()
    private var deceasedTold = Register<Bool>()
    private var diedAtTold = Register<Moment>()
    private var restrictedTold = Register<Bool>()
    private var removedTold = Register<Bool>()
    /// The latest A13, which takes back a death that a discharge told.
    private var dischargeCancelTold = Register<Bool>()
    private var deathTelling = DeathTelling()
    /// Every NHS number that was ever told of the record, the present one too.
    package private(set) var numbersTold: Set<NHSNumber> = []

    /// A patient of whom nothing is known yet.
    package init(_ key: PatientKey) {
        self.key = key
    }

    /// Takes in an event; commutative and idempotent. An event about another patient, or about none, changes nothing.
    /// `toldAt` is our clock's; without it nothing is known of when a death was told.
    package mutating func apply(_ event: AdmissionEvent, toldAt: Instant? = nil) {
        guard let details = event.patient, event.patientKey == key else { return }
        // A merge or a cancel carries no news of the person (HL7 UK A.3, domain.md 1.6): its PID only fills gaps.
        let told = FactKey(event)
        let fact = event.kind.isAboutIdentity || event.kind.isCancel ? told.asHearsay : told
        local.write(Told(details.local), fact)
        identifierList.write(details.identifiers.isEmpty ? .absent : .value(details.identifiers), fact)
        nhsNumberTold.write(Told(details.nhsNumber), fact)
        if let number = details.nhsNumber { numbersTold.insert(number) }
        nhsNumberStatusTold.write(Told(details.nhsNumberStatus), fact)
        nameTold.write(Told(details.name), fact)
        preferredNameTold.write(details.preferredName, fact)
        bornTold.write(Told(details.born), fact)
        genderTold.write(details.gender, fact)
        addressTold.write(details.address, fact)
        phonesTold.write(details.phones, fact)
        practiceTold.write(details.practice, fact)
        practiceFieldTold.write(Told(details.practiceField), fact)
        gpTold.write(details.gp, fact)
        let death = event.kind.isAboutIdentity ? fact : told
        deceasedTold.write(details.deceased, death)
        diedAtTold.write(details.diedAt, death)
        if let toldAt { deathTelling.note(details.deceased, toldAt: toldAt) }
        dischargeCancelTold.write(event.kind == .dischargeCancelled ? .value(true) : .absent, told)
        restrictedTold.write(details.restricted, fact)
        removedTold.write(
            event.kind == .patientRemoved ? .value(true) : event.kind == .patientAdded ? .null : .absent, told)
    }

    /// The patient with what was told under another identity that was joined to theirs at `moment`.
    ///
    /// For reading, not for keeping: the identifiers stay the patient's own.
    package func joined(by other: Patient, at moment: FactKey) -> Patient {
        var joined = self
        joined.nhsNumberTold = nhsNumberTold.joined(by: other.nhsNumberTold, at: moment)
        joined.nhsNumberStatusTold = nhsNumberStatusTold.joined(by: other.nhsNumberStatusTold, at: moment)
        joined.nameTold = nameTold.joined(by: other.nameTold, at: moment)
        joined.preferredNameTold = preferredNameTold.joined(by: other.preferredNameTold, at: moment)
        joined.bornTold = bornTold.joined(by: other.bornTold, at: moment)
        joined.genderTold = genderTold.joined(by: other.genderTold, at: moment)
        joined.addressTold = addressTold.joined(by: other.addressTold, at: moment)
        joined.phonesTold = phonesTold.joined(by: other.phonesTold, at: moment)
        joined.practiceTold = practiceTold.joined(by: other.practiceTold, at: moment)
        joined.practiceFieldTold = practiceFieldTold.joined(by: other.practiceFieldTold, at: moment)
        joined.gpTold = gpTold.joined(by: other.gpTold, at: moment)
        joined.deceasedTold = deceasedTold.joined(by: other.deceasedTold, at: moment)
        joined.diedAtTold = diedAtTold.joined(by: other.diedAtTold, at: moment)
        joined.dischargeCancelTold.merge(other.dischargeCancelTold)
        joined.deathTelling.merge(other.deathTelling)
        // Care for a record that was to be shown with care is not lost by a merge.
        joined.restrictedTold = restrictedTold.joined(by: other.restrictedTold, at: moment)
        if other.isRestricted { joined.restrictedTold = other.restrictedTold }
        return joined
    }

    /// The state after these events, in any order; events about other patients are passed over.
    package static func folding(_ events: some Sequence<AdmissionEvent>, key: PatientKey) -> Patient {
        var patient = Patient(key)
        for event in events { patient.apply(event) }
        return patient
    }

    // MARK: Readings

    /// The hospital's own number first, then the others.
    package var identifiers: [Identifier] {
        [local.value].compactMap(\.self) + (identifierList.value ?? []).sorted(by: Identifier.precedes)
    }
    /// A sound NHS number, once one was told; never taken away by a message that lacks it.
    package var nhsNumber: NHSNumber? { nhsNumberTold.value }
    /// NHS numbers that were told of the record and are not its own now, ascending.
    package var formerNumbers: [NHSNumber] { numbersTold.subtracting([nhsNumber].compactMap(\.self)).sorted() }
    /// `01` verified to `08`.
    package var nhsNumberStatus: String? { nhsNumberStatusTold.value }
    package var name: PersonName? { nameTold.value }
    package var preferredName: String? { preferredNameTold.value }
    /// `yyyy-mm-dd`, `yyyy-mm` or `yyyy`.
    package var born: String? { bornTold.value }
    package var gender: Gender? { genderTold.value }
    package var address: PostalAddress? { addressTold.value }
    package var phones: [String] { phonesTold.value ?? [] }
    /// The registered practice; `nil` is the unknown bucket, which no practice sees.
    package var practice: ODSPracticeCode? { practiceTold.value }
    /// Where the practice stood: `PD1-3.3`.
    package var practiceField: String? { practice == nil ? nil : practiceFieldTold.value }
    package var gp: Clinician? { gpTold.value }
    /// The hospital took the record out of use (A29).
    package var isRemoved: Bool { removedTold.value ?? false }
    /// To be shown with care.
    package var isRestricted: Bool { restrictedTold.value ?? false }
    /// Dead by PID-29/30, and not only as a discharge told that was cancelled since (domain.md 1.2, A13). What
    /// discharges tell of a death stands with their encounters (`LogReading.Person`).
    package var isToldDead: Bool {
        guard deceasedTold.value == true, let key = deceasedTold.key else { return false }
        guard key.rank == AdmissionEvent.Kind.discharged.rank, let cancel = dischargeCancelTold.key else { return true }
        return cancel < key
    }

    /// PID-29; `nil` if alive, or if nobody told when.
    package var toldDiedAt: Moment? { isToldDead ? diedAtTold.value : nil }

    /// When we were first told of that death; `nil` if alive, or if nobody noted when.
    package var deathToldAt: Instant? { isToldDead ? deathTelling.toldAt : nil }
}

/// The JSON of a stored state: `{"deathTold":[…],"fields":{…},"key":"RXX|123","numbers":["9990000018"],
/// "tellings":[…]}`, where `numbers` are those it no longer bears, left out if there are none.
///
/// Most fields were last told together, so their tellings are listed once and named by their place in the list.
extension Patient {
    /// Writes the state as one JSON object; equal states give equal bytes.
    package func encode(into json: inout JSONWriter) {
        let tellings = TellingList(fieldKeys)
        json.beginObject()
        deathTelling.encode(into: &json)
        json.key("fields")
        json.beginObject()
        tellings.field("address", addressTold, &json) { $0.encode(into: &$1) }
        tellings.field("born", bornTold, &json) { $1.string($0) }
        tellings.field("deceased", deceasedTold, &json) { $1.bool($0) }
        tellings.field("died", diedAtTold, &json) { $0.encode(into: &$1) }
        tellings.field("dischargeCancelled", dischargeCancelTold, &json) { $1.bool($0) }
        tellings.field("gender", genderTold, &json) { $1.string($0.rawValue) }
        tellings.field("gp", gpTold, &json) { $0.encode(into: &$1) }
        tellings.field("ids", identifierList, &json) { $1.identifiers($0) }
        tellings.field("local", local, &json) { $0.encode(into: &$1) }
        tellings.field("name", nameTold, &json) { $0.encode(into: &$1) }
        tellings.field("nhs", nhsNumberTold, &json) { $1.string($0.digits) }
        tellings.field("nhsStatus", nhsNumberStatusTold, &json) { $1.string($0) }
        tellings.field("phones", phonesTold, &json) { phones, json in
            json.beginArray()
            for phone in phones { json.string(phone) }
            json.endArray()
        }
        tellings.field("practice", practiceTold, &json) { $1.string($0.rawValue) }
        tellings.field("practiceField", practiceFieldTold, &json) { $1.string($0) }
        tellings.field("preferred", preferredNameTold, &json) { $1.string($0) }
        tellings.field("removed", removedTold, &json) { $1.bool($0) }
        tellings.field("restricted", restrictedTold, &json) { $1.bool($0) }
        json.endObject()
        json.field("key", key.rawValue)
        let former = formerNumbers
        if !former.isEmpty {
            json.key("numbers")
            json.beginArray()
            for number in former { json.string(number.digits) }
            json.endArray()
        }
        tellings.encode(into: &json)
        json.endObject()
    }

    /// Reads what `encode(into:)` writes.
    package init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        // The tellings come after the fields that name them: look ahead.
        var ahead = json
        var tellings = TellingList([])
        var key: String?
        try ahead.beginObject()
        while let name = try ahead.nextKey() {
            switch name {
            case "key": key = try ahead.readString()
            case "tellings": tellings = try TellingList(reading: &ahead)
            default: try ahead.skipValue()
            }
        }
        guard let key else { throw JSONError(.missingField, offset: start) }
        self.init(PatientKey(key))
        try json.beginObject()
        while let name = try json.nextKey() {
            switch name {
            case "deathTold": deathTelling = try DeathTelling(reading: &json)
            case "fields": try readFields(&json, tellings)
            case "numbers":
                try json.beginArray()
                while try json.nextElement() { numbersTold.insert(try NHSNumber(reading: &json)) }
            default: try json.skipValue()
            }
        }
        if let nhsNumber { numbersTold.insert(nhsNumber) }
    }

    private mutating func readFields(_ json: inout JSONReader, _ tellings: TellingList) throws(JSONError) {
        try json.beginObject()
        while let name = try json.nextKey() {
            switch name {
            case "address": addressTold = try tellings.register(&json, PostalAddress.init(reading:))
            case "born": bornTold = try tellings.string(&json)
            case "deceased": deceasedTold = try tellings.bool(&json)
            case "died": diedAtTold = try tellings.register(&json, Moment.init(reading:))
            case "dischargeCancelled": dischargeCancelTold = try tellings.bool(&json)
            case "gender": genderTold = try tellings.register(&json) { json throws(JSONError) in try json.readEnum() }
            case "gp": gpTold = try tellings.register(&json, Clinician.init(reading:))
            case "ids":
                identifierList = try tellings.register(&json) { json throws(JSONError) in try json.readIdentifiers() }
            case "local": local = try tellings.register(&json, Identifier.init(reading:))
            case "name": nameTold = try tellings.register(&json, PersonName.init(reading:))
            case "nhs": nhsNumberTold = try tellings.register(&json, NHSNumber.init(reading:))
            case "nhsStatus": nhsNumberStatusTold = try tellings.string(&json)
            case "phones":
                phonesTold = try tellings.register(&json) { json throws(JSONError) in try json.readStrings() }
            case "practice": practiceTold = try tellings.register(&json, ODSPracticeCode.init(reading:))
            case "practiceField": practiceFieldTold = try tellings.string(&json)
            case "preferred": preferredNameTold = try tellings.string(&json)
            case "removed": removedTold = try tellings.bool(&json)
            case "restricted": restrictedTold = try tellings.bool(&json)
            default: try json.skipValue()
            }
        }
    }

    private var fieldKeys: [FactKey?] {
        [
            addressTold.key, bornTold.key, deceasedTold.key, diedAtTold.key, dischargeCancelTold.key, genderTold.key,
            gpTold.key, identifierList.key, local.key, nameTold.key, nhsNumberTold.key, nhsNumberStatusTold.key,
            phonesTold.key, practiceTold.key, practiceFieldTold.key, preferredNameTold.key, removedTold.key,
            restrictedTold.key,
        ]
    }
}
