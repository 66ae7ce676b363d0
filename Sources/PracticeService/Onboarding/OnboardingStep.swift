import Admissions
import EventSourcing
import Projections

/// A step that somebody wants a case to take, as the content of a transition says it.
///
/// ```
/// {"to":"flagged","reasons":["lives-alone"],"note":"…"}   {"to":"triaged","priority":"soon","note":"…"}
/// {"to":"not-suitable","reason":"…"}                      {"to":"visit-planned","visit_at":"2026-03-03T10:00:00Z"}
/// {"to":"visit-offered"}                                  {"to":"declined","note":"…"}
/// {"to":"consented","consent":{"version":"2","given_on":"2026-03-03","capacity":"…"}}
/// {"to":"onboarding","keyworker":"ann"}                   {"to":"handed-over","practice":"Z99001"}
/// {"to":"closed","outcome":"completed","note":"…"}        {"to":"lost","reason":"…"}
/// {"to":"resumed"}       {"to":"deferred","until":"2026-04-01T09:00:00Z","reason":"…"}
/// {"to":"withdrawn","reason":"…"}                         {"to":"assigned","owner":{"person":"kay"}}
/// ```
///
/// `to` is the state the case comes to; `resumed` goes back to where it was, `assigned` leaves it where it is. A member
/// that a step does not use is refused, as is one that nobody knows.
struct OnboardingStep: Sendable {
    let kind: HotOnboardingIntent.Kind
    private var note: StaffNote?
    private var reason: StaffNote?
    private var reasons: [OnboardingReason] = []
    private var priority: OnboardingPriority?
    private var visitAt: Instant?
    private var consent: OnboardingConsent?
    private var keyworker: String?
    private var practice: ODSPracticeCode?
    private var outcome: OnboardingOutcome?
    private var until: Instant?
    private var owner: Assignee?

    /// - Throws: 400 where the content is none of the above.
    init(_ content: [UInt8]) throws {
        var step: String?
        var given: Set<String> = []
        var fields = Fields()
        try ActContent.read(content) { key, json in
            if case "to" = key {
                step = try json.readString()
                return true
            }
            given.insert(key.string)
            return try fields.read(key, &json)
        }
        guard let step, let kind = HotOnboardingIntent.Kind.allCases.first(where: { $0.target == step }),
            kind != .identify, given.isSubset(of: Self.members(of: kind))
        else { throw Problem.contentUnreadable }
        self.kind = kind
        note = fields.note
        reason = fields.reason
        reasons = fields.reasons
        priority = fields.priority
        visitAt = fields.visitAt
        consent = fields.consent
        keyworker = fields.keyworker
        practice = fields.practice
        outcome = fields.outcome
        until = fields.until
        owner = fields.owner
    }

    /// What is wanted of a case; `shown` is where the patient is, and whose.
    func intent(
        for state: HotOnboardingCase, shown: OnboardingReader.Found
    ) throws(ActRejection) -> HotOnboardingIntent {
        let place = shown.place
        switch kind {
        case .identify: throw ActRejection(.roleNotAllowed)
        case .flag:
            guard let subject = state.subject else { throw ActRejection(.notFound) }
            return .flag(subject, reasons, note: note)
        case .triage: return .triage(try Self.needed(priority, .note), note: note)
        case .findNotSuitable: return .findNotSuitable(reason: reason)
        case .planVisit: return .planVisit(at: try Self.needed(visitAt, .visitAt), place: place)
        case .offer: return .offer(place: place)
        case .consent: return .consent(try Self.needed(consent, .consentVersion))
        case .decline: return .decline(note: note)
        case .start: return .start(keyworker: try Self.needed(keyworker, .keyworker))
        case .handOver:
            return .handOver(to: try Self.needed(practice ?? ODSPracticeCode(shown.shown.practice), .patient))
        case .close: return .close(try Self.needed(outcome, .reason), note: note)
        case .defer: return .defer(until: try Self.needed(until, .deferUntil), reason: reason)
        case .resume: return .resume
        case .lose: return .lose(reason: reason)
        case .withdraw: return .withdraw(reason: reason)
        case .assign: return .assign(try Self.needed(owner, .owner))
        }
    }

    private static func needed<T>(_ value: T?, _ field: ActRejection.Field) throws(ActRejection) -> T {
        guard let value else { throw ActRejection(.valueOutOfRange, field) }
        return value
    }

    private static func members(of kind: HotOnboardingIntent.Kind) -> Set<String> {
        switch kind {
        case .flag: ["reasons", "note"]
        case .triage: ["priority", "note"]
        case .decline: ["note"]
        case .findNotSuitable, .lose, .withdraw: ["reason"]
        case .planVisit: ["visit_at"]
        case .consent: ["consent"]
        case .start: ["keyworker"]
        case .handOver: ["practice"]
        case .close: ["outcome", "note"]
        case .defer: ["until", "reason"]
        case .assign: ["owner"]
        case .identify, .offer, .resume: []
        }
    }

    /// The members of the content.
    private struct Fields {
        var note: StaffNote?
        var reason: StaffNote?
        var reasons: [OnboardingReason] = []
        var priority: OnboardingPriority?
        var visitAt: Instant?
        var consent: OnboardingConsent?
        var keyworker: String?
        var practice: ODSPracticeCode?
        var outcome: OnboardingOutcome?
        var until: Instant?
        var owner: Assignee?

        mutating func read(_ key: JSONKey, _ json: inout JSONReader) throws -> Bool {
            switch key {
            case "note": note = try json.readNote(.note)
            case "reason": reason = try json.readNote(.reason)
            case "reasons": reasons = try json.readReasons()
            case "priority":
                priority = try Self.word(&json, "/body/priority", "The priority is urgent, soon or routine.")
            case "visit_at": visitAt = try json.readTime("/body/visit_at")
            case "consent": consent = try json.readConsent()
            case "keyworker": keyworker = try json.readString()
            case "practice":
                guard let code = ODSPracticeCode(try json.readString()) else {
                    throw Problem.invalid(.invalidParameter, "/body/practice", "The practice is an ODS code.")
                }
                practice = code
            case "outcome":
                outcome = try Self.word(
                    &json, "/body/outcome",
                    "The outcome is completed, returned-to-practice, moved-elsewhere or other.")
            case "until": until = try json.readTime("/body/until")
            case "owner": owner = try json.readAssignee()
            default: return false
            }
            return true
        }

        private static func word<W: RawRepresentable<String>>(
            _ json: inout JSONReader, _ pointer: StaticString, _ detail: StaticString
        ) throws -> W {
            guard let word = W(rawValue: try json.readString()) else {
                throw Problem.invalid(.invalidParameter, pointer, detail)
            }
            return word
        }
    }
}

extension OnboardingReader.Found {
    /// Where the patient is now; of a restricted patient nobody remembers a place.
    fileprivate var place: HospitalLocation? {
        guard let place = detail?.place, !shown.isRestricted, place != PlaceOfCare() else { return nil }
        return HospitalLocation(site: place.site, ward: place.ward, bay: place.bay, bed: place.bed)
    }
}

extension HotOnboardingIntent.Kind {
    /// What a transition to it says in `to`.
    var target: String {
        switch self {
        case .identify: HotOnboardingState.identified.rawValue
        case .flag: HotOnboardingState.flagged.rawValue
        case .triage: HotOnboardingState.triaged.rawValue
        case .findNotSuitable: HotOnboardingState.notSuitable.rawValue
        case .planVisit: HotOnboardingState.visitPlanned.rawValue
        case .offer: HotOnboardingState.visitOffered.rawValue
        case .consent: HotOnboardingState.consented.rawValue
        case .decline: HotOnboardingState.declined.rawValue
        case .start: HotOnboardingState.onboarding.rawValue
        case .handOver: HotOnboardingState.handedOver.rawValue
        case .close: HotOnboardingState.closed.rawValue
        case .defer: HotOnboardingState.deferred.rawValue
        case .resume: "resumed"
        case .lose: HotOnboardingState.lost.rawValue
        case .withdraw: HotOnboardingState.withdrawn.rawValue
        case .assign: "assigned"
        }
    }
}

extension JSONReader {
    /// Why a person suggests a patient: words of the form.
    mutating func readReasons() throws -> [OnboardingReason] {
        try readStrings().map { word in
            guard let reason = OnboardingReason(rawValue: word) else {
                throw Problem.invalid(
                    .invalidParameter, "/body/reasons",
                    "Reasons are frequent, readmitted, long-stay, symphony, lives-alone, carer-strain and other.")
            }
            return reason
        }
    }

    fileprivate mutating func readTime(_ pointer: StaticString) throws -> Instant {
        guard let time = Instant(iso8601: try readString()) else {
            throw Problem.invalid(.invalidTime, pointer, "The time is not RFC 3339 with Z or an offset.")
        }
        return time
    }

    fileprivate mutating func readConsent() throws -> OnboardingConsent {
        var version: String?
        var givenOn: LondonDay?
        var capacity: StaffNote?
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "version": version = try readString()
            case "given_on": givenOn = try readDay(.givenOn)
            case "capacity": capacity = try readNote(.reason)
            default: throw Problem.contentUnreadable
            }
        }
        guard let version, let givenOn, let capacity else {
            throw Problem.invalid(
                .invalidParameter, "/body/consent",
                "Consent has the version of the text, the day it was given, and what was seen of capacity.")
        }
        return OnboardingConsent(version: version, givenOn: givenOn, capacity: capacity)
    }
}
