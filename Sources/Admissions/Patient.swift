package import EventSourcing

/// One patient of a hospital: for each field, what was told last.
///
/// Last by when the hospital recorded it (`FactKey`), field by field, so any order of arrival with any repeats gives
/// the same state, by construction.
package struct Patient: Sendable, Equatable {
    /// Which patient.
    package let key: PatientKey
    /// What was told: some 1,400 bytes, shared, so that patients are looked up and moved cheaply.
    private var box: Box

    private struct Known: Sendable, Equatable {
        var local = Register<Identifier>()
        var identifierList = Register<[Identifier]>()
        var nhsNumberTold = Register<NHSNumber>()
        var nhsNumberStatusTold = Register<String>()
        var nameTold = Register<PersonName>()
        var preferredNameTold = Register<String>()
        var bornTold = Register<String>()
        var genderTold = Register<Gender>()
        var addressTold = Register<PostalAddress>()
        var phonesTold = Register<[String]>()
        var practiceTold = Register<ODSPracticeCode>()
        var practiceFieldTold = Register<String>()
        var gpTold = Register<Clinician>()
        var deceasedTold = Register<Bool>()
        var diedAtTold = Register<Moment>()
        var restrictedTold = Register<Bool>()
        var removedTold = Register<Bool>()
        /// The latest A13, which takes back a death that a discharge told.
        var dischargeCancelTold = Register<Bool>()
        var deathTelling = DeathTelling()
        var numbersTold: Set<NHSNumber> = []

        mutating func take(_ details: PatientDetails, of event: AdmissionEvent, toldAt: Instant?) {
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

        mutating func join(_ other: Known, at moment: FactKey) {
            nhsNumberTold = nhsNumberTold.joined(by: other.nhsNumberTold, at: moment)
            nhsNumberStatusTold = nhsNumberStatusTold.joined(by: other.nhsNumberStatusTold, at: moment)
            nameTold = nameTold.joined(by: other.nameTold, at: moment)
            preferredNameTold = preferredNameTold.joined(by: other.preferredNameTold, at: moment)
            bornTold = bornTold.joined(by: other.bornTold, at: moment)
            genderTold = genderTold.joined(by: other.genderTold, at: moment)
            addressTold = addressTold.joined(by: other.addressTold, at: moment)
            phonesTold = phonesTold.joined(by: other.phonesTold, at: moment)
            practiceTold = practiceTold.joined(by: other.practiceTold, at: moment)
            practiceFieldTold = practiceFieldTold.joined(by: other.practiceFieldTold, at: moment)
            gpTold = gpTold.joined(by: other.gpTold, at: moment)
            deceasedTold = deceasedTold.joined(by: other.deceasedTold, at: moment)
            diedAtTold = diedAtTold.joined(by: other.diedAtTold, at: moment)
            dischargeCancelTold.merge(other.dischargeCancelTold)
            deathTelling.merge(other.deathTelling)
            // Care for a record that was to be shown with care is not lost by a merge.
            restrictedTold = restrictedTold.joined(by: other.restrictedTold, at: moment)
            if other.restrictedTold.value ?? false { restrictedTold = other.restrictedTold }
        }
    }

    // Unchecked: it is changed only by the one patient that holds it.
    private final class Box: @unchecked Sendable {
        var known: Known

        init(_ known: Known) {
            self.known = known
        }
    }

    private var known: Known {
        get { box.known }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box.known) }
            yield &box.known
        }
    }

    package static func == (lhs: Patient, rhs: Patient) -> Bool {
        lhs.key == rhs.key && (lhs.box === rhs.box || lhs.known == rhs.known)
    }

    /// Every NHS number that was ever told of the record, the present one too.
    package var numbersTold: Set<NHSNumber> { known.numbersTold }

    /// A patient of whom nothing is known yet.
    package init(_ key: PatientKey) {
        self.key = key
        box = Box(Known())
    }

    /// Takes in an event; commutative and idempotent. An event about another patient, or about none, changes nothing.
    /// `toldAt` is our clock's; without it nothing is known of when a death was told.
    package mutating func apply(_ event: AdmissionEvent, toldAt: Instant? = nil) {
        guard let details = event.patient, event.patientKey == key else { return }
        known.take(details, of: event, toldAt: toldAt)
    }

    /// The patient with what was told under another identity that was joined to theirs at `moment`.
    ///
    /// For reading, not for keeping: the identifiers stay the patient's own.
    package func joined(by other: Patient, at moment: FactKey) -> Patient {
        var joined = self
        joined.known.join(other.known, at: moment)
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
        [known.local.value].compactMap(\.self) + (known.identifierList.value ?? []).sorted(by: Identifier.precedes)
    }
    /// A sound NHS number, once one was told; never taken away by a message that lacks it.
    package var nhsNumber: NHSNumber? { known.nhsNumberTold.value }
    /// NHS numbers that were told of the record and are not its own now, ascending.
    package var formerNumbers: [NHSNumber] { known.numbersTold.subtracting([nhsNumber].compactMap(\.self)).sorted() }
    /// `01` verified to `08`.
    package var nhsNumberStatus: String? { known.nhsNumberStatusTold.value }
    package var name: PersonName? { known.nameTold.value }
    package var preferredName: String? { known.preferredNameTold.value }
    /// `yyyy-mm-dd`, `yyyy-mm` or `yyyy`.
    package var born: String? { known.bornTold.value }
    package var gender: Gender? { known.genderTold.value }
    package var address: PostalAddress? { known.addressTold.value }
    package var phones: [String] { known.phonesTold.value ?? [] }
    /// The registered practice; `nil` is the unknown bucket, which no practice sees.
    package var practice: ODSPracticeCode? { known.practiceTold.value }
    /// Where the practice stood: `PD1-3.3`.
    package var practiceField: String? { practice == nil ? nil : known.practiceFieldTold.value }
    package var gp: Clinician? { known.gpTold.value }
    /// The hospital took the record out of use (A29).
    package var isRemoved: Bool { known.removedTold.value ?? false }
    /// To be shown with care.
    package var isRestricted: Bool { known.restrictedTold.value ?? false }
    /// Dead by PID-29/30, and not only as a discharge told that was cancelled since (domain.md 1.2, A13). What
    /// discharges tell of a death stands with their encounters (`LogReading.Person`).
    package var isToldDead: Bool {
        guard known.deceasedTold.value == true, let key = known.deceasedTold.key else { return false }
        guard key.rank == AdmissionEvent.Kind.discharged.rank else { return true }
        return known.dischargeCancelTold.key.map { $0 < key } ?? true
    }

    /// PID-29; `nil` if alive, or if nobody told when.
    package var toldDiedAt: Moment? { isToldDead ? known.diedAtTold.value : nil }

    /// When we were first told of that death; `nil` if alive, or if nobody noted when.
    package var deathToldAt: Instant? { isToldDead ? known.deathTelling.toldAt : nil }
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
        known.deathTelling.encode(into: &json)
        json.key("fields")
        json.beginObject()
        tellings.field("address", known.addressTold, &json) { $0.encode(into: &$1) }
        tellings.field("born", known.bornTold, &json) { $1.string($0) }
        tellings.field("deceased", known.deceasedTold, &json) { $1.bool($0) }
        tellings.field("died", known.diedAtTold, &json) { $0.encode(into: &$1) }
        tellings.field("dischargeCancelled", known.dischargeCancelTold, &json) { $1.bool($0) }
        tellings.field("gender", known.genderTold, &json) { $1.string($0.rawValue) }
        tellings.field("gp", known.gpTold, &json) { $0.encode(into: &$1) }
        tellings.field("ids", known.identifierList, &json) { $1.identifiers($0) }
        tellings.field("local", known.local, &json) { $0.encode(into: &$1) }
        tellings.field("name", known.nameTold, &json) { $0.encode(into: &$1) }
        tellings.field("nhs", known.nhsNumberTold, &json) { $1.string($0.digits) }
        tellings.field("nhsStatus", known.nhsNumberStatusTold, &json) { $1.string($0) }
        tellings.field("phones", known.phonesTold, &json) { phones, json in
            json.beginArray()
            for phone in phones { json.string(phone) }
            json.endArray()
        }
        tellings.field("practice", known.practiceTold, &json) { $1.string($0.rawValue) }
        tellings.field("practiceField", known.practiceFieldTold, &json) { $1.string($0) }
        tellings.field("preferred", known.preferredNameTold, &json) { $1.string($0) }
        tellings.field("removed", known.removedTold, &json) { $1.bool($0) }
        tellings.field("restricted", known.restrictedTold, &json) { $1.bool($0) }
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
            case "deathTold": known.deathTelling = try DeathTelling(reading: &json)
            case "fields": try readFields(&json, tellings)
            case "numbers":
                try json.beginArray()
                while try json.nextElement() { known.numbersTold.insert(try NHSNumber(reading: &json)) }
            default: try json.skipValue()
            }
        }
        if let nhsNumber { known.numbersTold.insert(nhsNumber) }
    }

    private mutating func readFields(_ json: inout JSONReader, _ tellings: TellingList) throws(JSONError) {
        try json.beginObject()
        while let name = try json.nextKey() {
            switch name {
            case "address": known.addressTold = try tellings.register(&json, PostalAddress.init(reading:))
            case "born": known.bornTold = try tellings.string(&json)
            case "deceased": known.deceasedTold = try tellings.bool(&json)
            case "died": known.diedAtTold = try tellings.register(&json, Moment.init(reading:))
            case "dischargeCancelled": known.dischargeCancelTold = try tellings.bool(&json)
            case "gender":
                known.genderTold = try tellings.register(&json) { json throws(JSONError) in try json.readEnum() }
            case "gp": known.gpTold = try tellings.register(&json, Clinician.init(reading:))
            case "ids":
                known.identifierList = try tellings.register(&json) { json throws(JSONError) in
                    try json.readIdentifiers()
                }
            case "local": known.local = try tellings.register(&json, Identifier.init(reading:))
            case "name": known.nameTold = try tellings.register(&json, PersonName.init(reading:))
            case "nhs": known.nhsNumberTold = try tellings.register(&json, NHSNumber.init(reading:))
            case "nhsStatus": known.nhsNumberStatusTold = try tellings.string(&json)
            case "phones":
                known.phonesTold = try tellings.register(&json) { json throws(JSONError) in try json.readStrings() }
            case "practice": known.practiceTold = try tellings.register(&json, ODSPracticeCode.init(reading:))
            case "practiceField": known.practiceFieldTold = try tellings.string(&json)
            case "preferred": known.preferredNameTold = try tellings.string(&json)
            case "removed": known.removedTold = try tellings.bool(&json)
            case "restricted": known.restrictedTold = try tellings.bool(&json)
            default: try json.skipValue()
            }
        }
    }

    private var fieldKeys: [FactKey?] {
        let known = known
        return [
            known.addressTold.key, known.bornTold.key, known.deceasedTold.key, known.diedAtTold.key,
            known.dischargeCancelTold.key, known.genderTold.key, known.gpTold.key, known.identifierList.key,
            known.local.key, known.nameTold.key, known.nhsNumberTold.key, known.nhsNumberStatusTold.key,
            known.phonesTold.key, known.practiceTold.key, known.practiceFieldTold.key, known.preferredNameTold.key,
            known.removedTold.key, known.restrictedTold.key,
        ]
    }
}
