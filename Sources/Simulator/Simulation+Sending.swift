import EventSourcing
import HL7v2

/// From what is told to what is sent: times, control ids, and what goes wrong on the way.
extension Simulation {
    /// When the next message would leave, if the next telling is not called off; nil where nothing is left to tell.
    var nextSendAt: Int64? { queue.first.map(sendTime) }

    /// EVN-2 and MSH-7: the whole second of the act, or the first that is still free.
    private func recordTime(of act: Act) -> Int64 {
        let whole = act.due - ((act.due % Self.second) + Self.second) % Self.second
        return lastRecorded == .min ? whole : max(whole, lastRecorded + Self.second)
    }

    private func sendTime(of act: Act) -> Int64 {
        let after = lastSent == .min ? .min : lastSent + 1_000
        guard act.step != .deliver else { return max(act.due, after) }
        let recorded = recordTime(of: act)
        let wait = Scramble.bits(seed, Int(recorded / Self.second), .delivery).scaled(below: 800_000)
        return max(recorded + 40_000 + Int64(wait), after)
    }

    /// Tells one act; nil where nothing came of it, or where the message is held up.
    mutating func tell(_ act: Act) -> SimulatedMessage? {
        let sendAt = sendTime(of: act)
        if act.step == .deliver { return deliver(act.subject, at: sendAt) }
        if isUnseen {
            if let news = learn(act, sendAt: sendAt) { note(news, recorded: recordTime(of: act)) }
            return nil
        }
        if !act.isMended, generator.chance(settings.unreadableRate) {
            let spoil = generator.next()
            return spoiled(act, at: sendAt, spoil)
        }
        let recorded = recordTime(of: act)
        let luck = (
            resend: generator.chance(settings.resendRate), reuse: generator.chance(settings.controlIDReuseRate),
            delay: generator.chance(settings.delayedRate), wait: generator.fraction()
        )
        let wait = Int64(luck.wait * 2_580) * Self.second + 2 * Self.minute
        guard let news = learn(act, sendAt: luck.delay ? sendAt + wait : sendAt) else { return nil }
        lastRecorded = recorded
        let isDelayed = luck.delay && !heldPatients.contains(news.patientKey)
        if isDelayed { heldPatients.insert(news.patientKey) }
        note(news, recorded: recorded)

        let isReused = luck.reuse && !lastControlIDs[news.hospital].isEmpty
        let controlID = isReused ? lastControlIDs[news.hospital] : controlID(recorded)
        lastControlIDs[news.hospital] = controlID
        let isWritten = !isSilent || isDelayed || luck.resend
        let message = SimulatedMessage(
            sendAt: Instant(microseconds: sendAt), hospital: district.hospitals[news.hospital].code,
            bytes: isWritten ? write(news, controlID, recorded) : [], kind: news.kind, trigger: news.trigger,
            controlID: controlID, wasDelayed: isDelayed, reusesControlID: isReused)
        if luck.resend { hold(HeldMessage(message: message, patientKey: nil), until: sendAt + 2 * wait) }
        guard !isDelayed else {
            hold(HeldMessage(message: message, patientKey: news.patientKey), until: sendAt + wait)
            return nil
        }
        lastSent = sendAt
        return message
    }

    private func controlID(_ recorded: Int64) -> String { "SIM" + String(recorded / Self.second) }

    private func write(_ news: News, _ controlID: String, _ recorded: Int64) -> [UInt8] {
        scribe.write(
            news, stay: news.stay.flatMap { stays[$0] }, person: district.person(news.person),
            tracedNumber: people.isTraced(news.person) ? district.tracedNumber(news.person) : nil, people: people,
            controlID: controlID, recorded: recorded)
    }

    private mutating func hold(_ message: HeldMessage, until due: Int64) {
        heldCount += 1
        held[heldCount] = message
        queue.push(Act(due: due, .deliver, heldCount))
    }

    private mutating func deliver(_ number: Int, at sendAt: Int64) -> SimulatedMessage? {
        guard let message = held.removeValue(forKey: number) else { return nil }
        if let key = message.patientKey {
            heldPatients.remove(key)
            for id in staysOfPerson[key / 8] ?? [] where stays[id]?.hospital == key % 8 {
                stays[id]?.isUnsettled = false
            }
        }
        lastSent = sendAt
        return message.message.sent(at: Instant(microseconds: sendAt), again: message.patientKey == nil)
    }

    /// The message in a form that cannot be read; as it should be it follows a minute later.
    private mutating func spoiled(_ act: Act, at sendAt: Int64, _ spoil: UInt64) -> SimulatedMessage? {
        var mended = act
        mended.isMended = true
        mended.due = max(act.due, sendAt) + Self.minute
        var other = self
        guard let news = other.learn(act, sendAt: sendAt) else { return nil }
        let recorded = recordTime(of: act)
        lastRecorded = recorded
        lastSent = sendAt
        queue.push(mended)
        let controlID = controlID(recorded)
        let bytes = isSilent ? [] : Spoiling.spoil(other.write(news, controlID, recorded), trigger: news.trigger, spoil)
        return SimulatedMessage(
            sendAt: Instant(microseconds: sendAt), hospital: district.hospitals[news.hospital].code, bytes: bytes,
            kind: .faulty, trigger: news.trigger, controlID: controlID, wasDelayed: false, reusesControlID: false)
    }

    /// Notes on all stays in memory what the hospital now says of their patient.
    private mutating func note(_ news: News, recorded: Int64) {
        guard let known = staysOfPerson[news.person] else { return }
        let practice = people.practice(news.person)?.code
        let hasNumber = district.hasNumber(news.person) || people.isTraced(news.person)
        let isDeceased = people.toldDeath(news.person) != nil
        let isHeld = heldPatients.contains(news.patientKey)
        let isAmbiguous = twice.contains(recorded)
        for id in known {
            guard var stay = stays[id], stay.hospital == news.hospital else { continue }
            stay.toldPractice = practice
            stay.hasToldNumber = hasNumber
            stay.toldDeceased = isDeceased
            stay.isUnsettled = isHeld
            stay.wasDisordered = stay.wasDisordered || isHeld
            stay.hasAmbiguousOrder = stay.hasAmbiguousOrder || isAmbiguous
            stays[id] = stay
        }
    }
}
