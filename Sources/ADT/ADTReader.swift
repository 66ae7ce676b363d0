import Admissions
import EventSourcing
package import HL7v2

/// Translates ADT messages into admission events, by a sender profile.
///
/// Pure and stateless: the same bytes and the same profile give the same events, so that a message can be read again when profile or
/// code were mended. Total: whatever the bytes, there is a reading, and nothing traps. Costs one pass over the fields that are read; the
/// payload is written straight from the bytes.
package struct ADTReader: Sendable {
    private let habits: ProfileHabits

    /// Makes a reader for senders with these habits.
    package init(profile: SenderProfile) {
        habits = ProfileHabits(profile)
    }

    package var profile: SenderProfile { habits.profile }

    /// Reads one message.
    ///
    /// What is not ADT or not of production is refused; what cannot be understood is quarantined with a reason; all
    /// else gives one event (domain.md 1.2, 2.5).
    package func read(_ message: HL7Message) -> Reading {
        let source = MessageSource(message)
        let code = source.value(.msh, 9)
        let isADT = source.equals(code, "ADT")
        if isADT, let known = TriggerEvent(source.component(source.field(.msh, 9), 2), of: source) {
            return read(known, source)
        }
        let event = message.header.triggerEvent
        if isADT, let known = TriggerEvent(event) { return read(known, source) }
        let reason: ReasonCode = isADT ? (event.isEmpty ? .triggerMissing : .triggerNotSupported) : .notADT
        let times = MessageTimes(source, habits: habits)
        return Reading(
            isADT ? Self.refusal(source) ?? reason : reason, trigger: source.text(code) + "^" + event,
            telling: times.telling(trigger: event, source))
    }

    private func read(_ trigger: TriggerEvent, _ source: borrowing MessageSource) -> Reading {
        var times = MessageTimes(source, habits: habits)
        do throws(ReasonCode) {
            if let refusal = Self.refusal(source) { throw refusal }
            return Reading(
                trigger: trigger.messageType, event: try event(trigger.kind, trigger.code, source, &times))
        } catch {
            return Reading(
                error, trigger: trigger.messageType, telling: times.telling(trigger: trigger.code, source))
        }
    }

    /// MSH-11 must be `P`; where it is not told, production is meant.
    private static func refusal(_ source: borrowing MessageSource) -> ReasonCode? {
        let processing = source.value(.msh, 11)
        return !source.hasValue(processing) || source.equals(processing, "P") ? nil : .processingID
    }

    private func event(
        _ asked: AdmissionEvent.Kind, _ trigger: String, _ source: borrowing MessageSource, _ times: inout MessageTimes
    ) throws(ReasonCode) -> NewEvent {
        guard source.has(.pid) else { throw .pidMissing }
        var kind = asked
        var flags = MessageFlags()
        if kind == .updated, !source.has(.pv1) {
            kind = .patientUpdated
            flags.insert(.pv1Missing)
        }
        let nulls = habits.profile.nullSemantics == .hl7 && !kind.isCancel
        let identity = PatientIdentity(source, habits: habits)
        if identity.hasConflict { throw .nhsNumberConflict }

        let facility = source.value(.msh, 4)
        var encounter: EncounterWriting?
        if kind.isAboutEncounter {
            guard source.has(.pv1) else { throw .pv1Missing }
            encounter = EncounterWriting(source, habits: habits, kind: kind, times: &times, nulls: nulls)
            guard encounter != nil else { throw .visitNumberMissing }
        }
        let patient = PatientWriting(
            source, habits: habits, identity: identity, times: &times, nulls: nulls, isCancel: kind.isCancel)
        guard identity.isKnown else { throw .patientIdentifierMissing }
        flags.formUnion(times.flags)
        flags.formUnion(patient.flags)
        if let encounter { flags.formUnion(encounter.flags) }

        let field = times.occurredField(kind)
        var payload = PayloadWriter()
        payload.beginObject()
        if let encounter {
            payload.key("encounter")
            encounter.write(to: &payload, facility: facility, source)
        }
        payload.flags(flags)
        payload.field("happened", times.happened)
        payload.field("occurred", word: field?.word)
        payload.key("patient")
        patient.write(to: &payload, facility: facility, source)
        payload.key("telling")
        payload.telling(times, trigger: trigger, source)
        payload.endObject()

        let facilityText = source.text(facility)
        let stream =
            if let encounter {
                "encounter:" + encounter.key(facility: facilityText, source).rawValue
            } else {
                "patient:" + identity.key(facility: facilityText, source).rawValue
            }
        return NewEvent(
            stream: StreamName(stream), type: kind.rawValue, payload: payload.bytes, occurredAt: times.moment(in: field)?.instant)
    }
}

extension TimeField {
    fileprivate var word: StaticString {
        switch self {
        case .recorded: "EVN-2"
        case .happened: "EVN-6"
        case .sent: "MSH-7"
        case .admitted: "PV1-44"
        case .discharged: "PV1-45"
        }
    }
}

extension PayloadWriter {
    fileprivate mutating func flags(_ flags: MessageFlags) {
        guard !flags.isEmpty else { return }
        key("flags")
        beginArray()
        for (bit, code) in MessageFlags.codes.enumerated() where flags.rawValue & 1 << bit != 0 { word(code) }
        endArray()
    }

    /// As `Telling.encode(into:)` writes it.
    fileprivate mutating func telling(_ times: MessageTimes, trigger: String, _ source: borrowing MessageSource) {
        beginObject()
        field("control", source.field(.msh, 10), of: source, nulls: false)
        field("recorded", times.recorded)
        key("sender")
        joined([source.value(.msh, 3), source.value(.msh, 4), Piece()], by: UInt8(ascii: "|"), skipsEmpty: false, of: source)
        if times.sent != times.recorded { field("sent", times.sent) }
        field("trigger", trigger)
        endObject()
    }
}
