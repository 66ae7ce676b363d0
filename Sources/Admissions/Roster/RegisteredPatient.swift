import EventSourcing

/// What a practice says of a person on its list.
package struct RegisteredPatient: Sendable, Equatable {
    /// Who they are, and who looks after them at the practice.
    package struct Details: Sendable, Equatable {
        package var born: LondonDay
        package var surname: String
        package var given: String?
        /// When the person joined this practice's list, if the practice tells.
        package var registeredOn: LondonDay?
        package var usualGP: String?
        /// The name of the care home they live in; `yes` where only that is told.
        package var careHome: String?

        package init(
            born: LondonDay, surname: String, given: String? = nil, registeredOn: LondonDay? = nil,
            usualGP: String? = nil, careHome: String? = nil
        ) {
            self.born = born
            self.surname = surname
            self.given = given
            self.registeredOn = registeredOn
            self.usualGP = usualGP
            self.careHome = careHome
        }
    }

    /// How much contact is needed: the Symphony score.
    package struct Symphony: Sendable, Equatable {
        /// From 1 to 10, 10 being the highest and most frequent contact.
        package let score: Int
        package let scoredOn: LondonDay?

        /// Makes a score; `nil` for one that is not from 1 to 10.
        package init?(_ score: Int, scoredOn: LondonDay? = nil) {
            guard SymphonyScore.scores.contains(score) else { return nil }
            self.score = score
            self.scoredOn = scoredOn
        }
    }

    /// What the complex care team has to do with the person.
    package struct Care: Sendable, Equatable {
        /// Whether the person is on the complex care team's caseload.
        package var isOnCaseload = false
        /// Whether the person has consented to it.
        package var isConsented = false
        /// The day of the consent, if told.
        package var consentedOn: LondonDay?
        package var keyWorker: String?
        /// Whether the frail and older persons' service has a concern.
        package var hasFOPASConcern = false
        package var reviewedOn: LondonDay?
        package var reviewDueOn: LondonDay?

        /// Nothing to do with them.
        package init() {}
    }

    package var details: Details
    package var symphony: Symphony?
    package var care: Care

    package init(details: Details, symphony: Symphony? = nil, care: Care = Care()) {
        self.details = details
        self.symphony = symphony
        self.care = care
    }
}

/// The JSON of what a practice says: what is not known is left out.
extension RegisteredPatient.Details {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("born", born.text)
        json.field("careHome", careHome)
        json.field("given", given)
        json.field("gp", usualGP)
        json.field("registered", registeredOn?.text)
        json.field("surname", surname)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var born: LondonDay?
        var surname: String?
        var given: String?
        var registered: LondonDay?
        var gp: String?
        var careHome: String?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "born": born = try json.readDay()
            case "careHome": careHome = try json.readString()
            case "given": given = try json.readString()
            case "gp": gp = try json.readString()
            case "registered": registered = try json.readDay()
            case "surname": surname = try json.readString()
            default: try json.skipValue()
            }
        }
        guard let born, let surname else { throw JSONError(.missingField, offset: start) }
        self.init(
            born: born, surname: surname, given: given, registeredOn: registered, usualGP: gp, careHome: careHome)
    }
}

extension RegisteredPatient.Symphony {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("on", scoredOn?.text)
        json.field("score", Int64(score))
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var score: Int64?
        var scoredOn: LondonDay?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "on": scoredOn = try json.readDay()
            case "score": score = try json.readInt64()
            default: try json.skipValue()
            }
        }
        guard let score else { throw JSONError(.missingField, offset: start) }
        guard let symphony = RegisteredPatient.Symphony(Int(clamping: score), scoredOn: scoredOn) else {
            throw JSONError(.unexpectedValue, offset: start)
        }
        self = symphony
    }
}

extension RegisteredPatient.Care {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        if isOnCaseload { json.field("caseload", true) }
        if isConsented { json.field("consented", true) }
        json.field("consentedOn", consentedOn?.text)
        if hasFOPASConcern { json.field("fopas", true) }
        json.field("keyWorker", keyWorker)
        json.field("reviewDue", reviewDueOn?.text)
        json.field("reviewed", reviewedOn?.text)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        self.init()
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "caseload": isOnCaseload = try json.readBool()
            case "consented": isConsented = try json.readBool()
            case "consentedOn": consentedOn = try json.readDay()
            case "fopas": hasFOPASConcern = try json.readBool()
            case "keyWorker": keyWorker = try json.readString()
            case "reviewDue": reviewDueOn = try json.readDay()
            case "reviewed": reviewedOn = try json.readDay()
            default: try json.skipValue()
            }
        }
    }
}
