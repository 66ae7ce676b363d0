import Admissions
import EventSourcing
package import HL7v2

/// Translates ADT messages into admission events, by a sender profile.
///
/// Pure and stateless: the same bytes and the same profile give the same events, so that a message can be read again
/// when profile or code were mended. Total: whatever the bytes, there is a reading, and nothing traps. Costs one pass
/// over the fields that are read; the payload is written straight from the bytes.
package struct ADTReader: Sendable {
    let habits: ProfileHabits
    let isLive: Bool

    /// Makes a reader for senders with these habits.
    ///
    /// - Parameter isLive: whether real patients are read: numbers of the test range are then put in quarantine.
    package init(profile: SenderProfile, isLive: Bool = false) {
        habits = ProfileHabits(profile)
        self.isLive = isLive
    }

    package var profile: SenderProfile { habits.profile }

    /// Reads one message.
    ///
    /// What is not ADT, not of production or a query is refused; what cannot be understood is quarantined with a
    /// reason; what has no effect is kept; all else gives its events (domain.md 1.2, 2.5).
    package func read(_ message: HL7Message) -> Reading {
        let reading = read(message, isMended: false)
        let isUnderstood = reading.disposition == .read
        guard reading.disposition == .quarantined || isUnderstood && message.segment("PD1") == nil,
            let mended = SegmentMending.mended(message, isUnderstood: isUnderstood)
        else { return reading }
        let other = read(mended, isMended: true)
        return other.disposition == .read ? other : reading
    }

    private func read(_ message: HL7Message, isMended: Bool) -> Reading {
        var source = MessageSource(message)
        source.isMended = isMended
        let code = source.value(.msh, 9)
        let isADT = source.equals(code, "ADT")
        if isADT, !habits.hasTriggers, let known = TriggerEvent(source.component(source.field(.msh, 9), 2), of: source)
        {
            return read(known, source)
        }
        let event = message.header.triggerEvent
        var reason = ReasonCode.notADT
        if isADT {
            do throws(ReasonCode) {
                guard !event.isEmpty else { throw .triggerMissing }
                return read(try habits.meaning(of: event), source)
            } catch {
                reason = Self.refusal(source) ?? error
            }
        }
        // What tells no type of message may be ADT: it must not be lost, nor block the line.
        if !source.hasValue(code) { reason = Self.refusal(source) ?? .triggerMissing }
        if source.equals(code, "ACK") || source.equals(code, "MCF") { reason = .acknowledgement }
        let times = MessageTimes(source, habits: habits)
        return Reading(
            reason, trigger: source.text(code) + "^" + event, telling: times.telling(trigger: event, source))
    }

    private func read(_ trigger: TriggerEvent, _ source: borrowing MessageSource) -> Reading {
        var times = MessageTimes(source, habits: habits)
        do throws(ReasonCode) {
            if let refusal = Self.refusal(source) { throw refusal }
            return Reading(trigger: trigger.messageType, events: try events(trigger, source, &times))
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

    private func events(
        _ trigger: TriggerEvent, _ source: borrowing MessageSource, _ times: inout MessageTimes
    ) throws(ReasonCode) -> [NewEvent] {
        switch trigger.handling {
        case .tells(let kind): return [try event(kind, trigger, source, &times)]
        case .keeps: throw .triggerWithoutEffect
        case .refuses: throw .query
        case .stepsIn: return try stepIn(trigger, source, &times)
        case .tellsOfEach(let kind):
            var events: [NewEvent] = []
            for message in try MessageGroups.split(source.message) {
                let group = MessageSource(message)
                var times = MessageTimes(group, habits: habits)
                events.append(try event(kind, trigger, group, &times))
            }
            return events
        case .joins(let joining):
            var events: [NewEvent] = []
            for message in try MessageGroups.split(source.message) {
                events += try joined(joining, trigger, message)
            }
            guard !events.isEmpty else { throw .triggerWithoutEffect }
            return events
        }
    }

    /// Who the message is about; throws where that must not be decided.
    func identity(_ source: borrowing MessageSource) throws(ReasonCode) -> PatientIdentity {
        guard source.has(.pid) else { throw .pidMissing }
        let identity = PatientIdentity(source, habits: habits)
        if identity.hasConflict { throw .nhsNumberConflict }
        if isLive, identity.nhsNumber?.isTestRange == true { throw .testNumberInLive }
        return identity
    }

    /// The visit that a message tells of: PV1-19, or PID-18 where the sender puts it there.
    func visit(_ source: borrowing MessageSource) throws(ReasonCode) -> VisitNumber {
        guard source.has(.pv1) else { throw .pv1Missing }
        if let visit = VisitNumber(.pv1, 19, source) { return visit }
        guard habits.profile.visitNumberInPID18, let visit = VisitNumber(.pid, 18, source) else {
            throw .visitNumberMissing
        }
        return visit
    }

    /// One event.
    ///
    /// - Parameters:
    ///   - named: the visit, where the event says no more of it than its number.
    ///   - prior: what it was before.
    func event(
        _ asked: AdmissionEvent.Kind, _ trigger: TriggerEvent, _ source: borrowing MessageSource,
        _ times: inout MessageTimes, about named: VisitNumber? = nil, prior: PriorWriting? = nil
    ) throws(ReasonCode) -> NewEvent {
        let identity = try identity(source)
        var kind = asked
        var flags: MessageFlags = source.isMended ? .segmentsMended : []
        if kind == .updated, !source.has(.pv1) {
            kind = .patientUpdated
            flags.insert(.pv1Missing)
        }
        let isStub = kind.isCancel || kind.isAboutIdentity
        let nulls = habits.profile.nullSemantics == .hl7 && !isStub

        var visit = named
        var encounter: EncounterWriting?
        if kind.isAboutEncounter, named == nil {
            let told = try self.visit(source)
            visit = told
            encounter = EncounterWriting(
                source, visit: told, habits: habits, kind: kind, isAboutAttending: trigger.isAboutAttending,
                times: &times, nulls: nulls)
        }
        let patient = PatientWriting(
            source, habits: habits, identity: identity, times: &times, nulls: nulls, isStub: isStub)
        guard identity.isKnown else {
            throw identity.hasInvalidNHSNumber ? .nhsNumberInvalid : .patientIdentifierMissing
        }
        flags.formUnion(times.flags)
        flags.formUnion(patient.flags)
        if let encounter { flags.formUnion(encounter.flags) }

        let facility = source.value(.msh, 4)
        let field = times.occurredField(kind)
        var payload = PayloadWriter()
        payload.beginObject()
        if let encounter {
            payload.key("encounter")
            encounter.write(to: &payload, facility: facility, source)
        } else if let named {
            payload.key("encounter")
            payload.visit(named, facility: facility, of: source)
        }
        payload.flags(flags)
        payload.field("happened", times.happened)
        payload.field("occurred", word: field?.word)
        payload.key("patient")
        patient.write(to: &payload, facility: facility, source)
        if let prior {
            payload.key("prior")
            prior.write(to: &payload, facility: facility, source)
        }
        payload.key("telling")
        payload.telling(times, trigger: trigger.code, source)
        payload.endObject()

        return NewEvent(
            stream: stream(visit, identity, facility: facility, source), type: kind.rawValue, payload: payload.finish(),
            occurredAt: times.moment(in: field)?.instant)
    }

    /// The stream of the visit, else of the patient.
    private func stream(
        _ visit: VisitNumber?, _ identity: PatientIdentity, facility: Piece, _ source: borrowing MessageSource
    ) -> StreamName {
        if let visit {
            let issuer = visit.issuer.isEmpty ? facility : visit.issuer
            if visit.type.isEmpty, let name = source.plainText("encounter:", issuer, "|", visit.number) {
                return StreamName(name)
            }
            return StreamName("encounter:" + visit.key(facility: source.text(facility), source).rawValue)
        }
        if let local = identity.local {
            let issuer = local.issuer.isEmpty ? facility : local.issuer
            if let name = source.plainText("patient:", issuer, "|", local.value) { return StreamName(name) }
        }
        return StreamName("patient:" + identity.key(facility: source.text(facility), source).rawValue)
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

    /// Encounter details of which nothing but the number is told.
    fileprivate mutating func visit(_ visit: VisitNumber, facility: Piece, of source: borrowing MessageSource) {
        beginObject()
        key("issuer")
        text(visit.issuer.isEmpty ? facility : visit.issuer, of: source)
        key("number")
        text(visit.number, of: source)
        if !visit.type.isEmpty { field("numberType", source.word(visit.type)) }
        endObject()
    }

    /// As `Telling.encode(into:)` writes it.
    fileprivate mutating func telling(_ times: MessageTimes, trigger: String, _ source: borrowing MessageSource) {
        beginObject()
        field("control", source.field(.msh, 10), of: source, nulls: false)
        field("recorded", times.recorded)
        key("sender")
        joined(
            [source.value(.msh, 3), source.value(.msh, 4), Piece()], by: UInt8(ascii: "|"), skipsEmpty: false,
            of: source)
        if times.sent != times.recorded { field("sent", times.sent) }
        field("trigger", trigger)
        endObject()
    }
}
