import Admissions
import EventSourcing
import HL7v2

/// Counts what a profile reads from real messages, field by field, and what it misses.
///
/// Holds codes and counts alone: no name, number or date of a person. A code with eight digits or more, or a long one,
/// is counted without being told, for it may be an identifier in the wrong place.
package struct ReadingSurvey: Sendable {
    /// What is looked for, in the order it is shown.
    package enum Field: String, CaseIterable, Sendable {
        case recordedAt = "recorded at"
        case nhsNumber = "NHS number"
        case nhsNumberStatus = "NHS number status"
        case localIdentifier = "local identifier"
        case name
        case born = "date of birth"
        case practice
        case visitNumber = "visit number"
        case encounterClass = "class"
        case ward
        case specialty
        case consultant
        case admissionMethod = "admission method"
        case admissionSource = "admission source"
        case admittedAt = "admitted at"
        case dischargedAt = "discharged at"
        case disposition = "discharge disposition"
    }

    /// How often a code was met, and what it was taken for.
    package struct Code: Hashable, Sendable {
        package let value: String
        /// Nil where the profile has no meaning for it.
        package let meaning: String?
    }

    /// How one field came out.
    package struct Tally: Sendable {
        /// Messages of a kind that should tell it.
        package fileprivate(set) var needed = 0
        /// Of these, the messages that it was read from.
        package fileprivate(set) var found = 0
        /// By code; empty where the field holds none.
        package fileprivate(set) var codes: [Code: Int] = [:]

        /// The share of the messages that lack it, 0 to 100; 0 where none needs it.
        package var lackingPercent: Double {
            needed == 0 ? 0 : Double(needed - found) * 100 / Double(needed)
        }

        fileprivate mutating func take(_ isThere: Bool) {
            needed += 1
            if isThere { found += 1 }
        }

        fileprivate mutating func take(code: String, meaning: String?) {
            guard !code.isEmpty else { return }
            var key = Code(value: ReadingSurvey.shown(code), meaning: meaning.map(ReadingSurvey.shown))
            if codes[key] == nil, codes.count >= ReadingSurvey.codesMax {
                key = Code(value: "(others)", meaning: meaning == nil ? nil : "")
            }
            codes[key, default: 0] += 1
        }
    }

    package private(set) var messages = 0
    /// Messages that gave events about a patient or a stay.
    package private(set) var read = 0
    /// Messages without effect, by message type.
    package private(set) var kept: [String: Int] = [:]
    /// By reason.
    package private(set) var quarantined: [String: Int] = [:]
    /// By reason.
    package private(set) var refused: [String: Int] = [:]
    /// What was odd about the messages that were read, by flag.
    package private(set) var flags: [String: Int] = [:]
    private var tallies: [Field: Tally] = [:]
    private let reader: ADTReader

    private static let codesMax = 200
    private static let codeCharactersMax = 40
    private static let digitsMax = 7

    package init(profile: SenderProfile) {
        reader = ADTReader(profile: profile)
    }

    package subscript(field: Field) -> Tally { tallies[field, default: Tally()] }

    /// Reads one message and counts what came of it.
    package mutating func take(_ bytes: [UInt8]) {
        messages += 1
        guard let message = try? HL7Message(bytes) else {
            quarantined[ReasonCode.notHL7.rawValue, default: 0] += 1
            return
        }
        let reading = reader.read(message)
        switch reading.disposition {
        case .quarantined:
            quarantined[reading.reason?.rawValue ?? "", default: 0] += 1
            takeMissing(reading.reason)
            return
        case .refused:
            refused[reading.reason?.rawValue ?? "", default: 0] += 1
            return
        default: break
        }
        let events = reading.events.compactMap { try? AdmissionEvent(type: $0.type, payload: $0.payload) }
        guard let event = events.first(where: { $0.patient != nil }) else {
            kept[reading.trigger, default: 0] += 1
            return
        }
        read += 1
        for flag in event.flags { flags[flag, default: 0] += 1 }
        take(event, MessageSource(message))
    }

    /// What a message was quarantined for is lacking as well.
    private mutating func takeMissing(_ reason: ReasonCode?) {
        switch reason {
        case .visitNumberMissing: tallies[.visitNumber, default: Tally()].take(false)
        case .patientIdentifierMissing:
            tallies[.nhsNumber, default: Tally()].take(false)
            tallies[.localIdentifier, default: Tally()].take(false)
        default: break
        }
    }

    private mutating func take(_ event: AdmissionEvent, _ source: borrowing MessageSource) {
        take(.recordedAt, event.telling.recorded != nil)
        if let patient = event.patient { take(patient, of: event.kind) }
        guard event.kind.isAboutEncounter, let encounter = event.encounter else { return }
        take(.visitNumber, !encounter.number.isEmpty)
        guard !event.kind.isCancel, !event.kind.isAboutIdentity else { return }
        take(encounter, of: event.kind, source)
    }

    private mutating func take(_ patient: PatientDetails, of kind: AdmissionEvent.Kind) {
        take(.nhsNumber, patient.nhsNumber != nil)
        take(.nhsNumberStatus, patient.nhsNumberStatus != nil)
        if let status = patient.nhsNumberStatus { take(.nhsNumberStatus, code: status, meaning: status) }
        take(.localIdentifier, patient.local != nil)
        if let type = patient.local?.type { take(.localIdentifier, code: type, meaning: type) }
        guard !kind.isCancel, !kind.isAboutIdentity else { return }
        take(.name, patient.name != nil)
        take(.born, patient.born != nil)
        take(.practice, patient.practice.value != nil)
        if let place = patient.practiceField {
            take(.practice, code: place, meaning: patient.practice.value == nil ? nil : place)
        }
    }

    private mutating func take(
        _ encounter: EncounterDetails, of kind: AdmissionEvent.Kind, _ source: borrowing MessageSource
    ) {
        let told = encounter.encounterClass
        take(.encounterClass, told != nil)
        take(.encounterClass, code: source.text(source.value(.pv1, 2)), meaning: told?.rawValue)
        guard kind != .preadmitted, told != .outpatient, told != .preadmit else { return }
        let ward = encounter.location.value?.ward ?? ""
        take(.ward, !ward.isEmpty)
        take(.ward, code: ward, meaning: ward)
        take(.admittedAt, encounter.admittedAt != nil)
        if kind == .discharged {
            take(.dischargedAt, encounter.dischargedAt.value != nil)
            takeDisposition(encounter, source)
        }
        guard told?.isAdmission ?? true else { return }
        let specialty = encounter.specialty.value ?? ""
        take(.specialty, !specialty.isEmpty)
        take(.specialty, code: specialty, meaning: specialty)
        take(.consultant, encounter.consultant.value != nil)
        let method = encounter.admissionMethod.value
        take(.admissionMethod, method != nil)
        let sent = source.word(source.value(.pv1, 4))
        let isKnown = method.map(Self.isMethod) ?? (reader.profile.admissionMethods[sent] != nil)
        take(.admissionMethod, code: sent, meaning: isKnown ? method ?? "says nothing" : nil)
        let origin = encounter.admissionSource.value ?? ""
        take(.admissionSource, !origin.isEmpty)
        take(.admissionSource, code: origin, meaning: origin)
    }

    private mutating func takeDisposition(_ encounter: EncounterDetails, _ source: borrowing MessageSource) {
        let sent = source.text(source.value(.pv1, 36))
        let meanings = [
            ("method", encounter.dischargeMethod.value), ("destination", encounter.dischargeDestination.value),
            ("disposal", encounter.disposal.value),
        ]
        take(.disposition, meanings.contains { $0.1 != nil })
        take(.disposition, code: sent, meaning: meanings.first { $0.1 == sent }?.0)
        let destination = source.text(source.value(.pv1, 37))
        take(.disposition, code: destination, meaning: "destination")
    }

    private mutating func take(_ field: Field, _ isThere: Bool) { tallies[field, default: Tally()].take(isThere) }

    private mutating func take(_ field: Field, code: String, meaning: String?) {
        tallies[field, default: Tally()].take(code: code, meaning: meaning)
    }

    /// Two characters, the first a digit: an NHS code (domain.md 1.5).
    private static func isMethod(_ code: String) -> Bool {
        code.utf8.count == 2 && code.utf8.first.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } == true
    }

    private static func shown(_ code: String) -> String {
        let digits = code.unicodeScalars.count { $0.properties.numericType != nil }
        let isCode =
            code.count <= codeCharactersMax && digits <= digitsMax && !code.unicodeScalars.contains { $0.value < 0x20 }
        return isCode ? code : "(not shown)"
    }
}
