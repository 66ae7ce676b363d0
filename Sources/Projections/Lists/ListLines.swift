import Admissions
import EventSourcing

/// The lines of a list, before they are read in full: whose, which encounter, why, and in which place.
struct ListLines: Sendable {
    struct Line: Sendable {
        let person: CandidatePeople.Person
        let encounter: HuddleEncounter
        var flags: [HuddleFlag]
        var systemConcerns: [HuddleFlag] = []
        var isNew = false
        var key: ListKey
    }

    let rules: HuddleRules
    /// The beginning of the window; `nil` is always.
    let since: Instant?
    let now: Instant

    /// All lines of a list that pass the filter, in its order.
    func lines(of question: ListQuestion, _ people: CandidatePeople) -> [Line] {
        var lines = people.people.flatMap { person in
            let reading = rules.reading(person.patient, now: now)
            let shown = encounters(of: question.list, person, reading)
            let concerns = question.list == .concerns || question.list == .fopas
            return shown.map { line(person, $0, reading, concerns: concerns) }
        }
        for place in lines.indices { lines[place].key = key(lines[place], of: question.list, question.sort) }
        lines.sort { $0.key < $1.key }
        return named(lines).filter { passes($0, question.filter) }
    }

    /// The sections of a huddle, without the empty ones.
    func sections(_ people: CandidatePeople, _ filter: ListFilter) -> [HuddleSection: [Line]] {
        let since = since ?? Instant(microseconds: 0)
        var placed: [(section: HuddleSection, line: Line)] = []
        for person in people.people {
            // Of what was corrected only rows that the list of corrections would show.
            var patient = person.patient
            patient.encounters.removeAll { $0.correctedAt != nil && !person.listed.contains($0.ref) }
            let reading = rules.reading(patient, now: now)
            guard let place = rules.place(reading, since: since) else { continue }
            var line = line(person, place.encounter, reading, concerns: true)
            line.isNew = place.isNew
            placed.append((place.section, line))
        }
        // In one order, whatever that of the rows: a name is told apart from the first other.
        placed.sort { $0.line.encounter.ref < $1.line.encounter.ref }
        let lines = named(placed.map(\.line))
        var sections: [HuddleSection: [Line]] = [:]
        for (place, line) in lines.enumerated() where passes(line, filter) {
            var line = line
            line.key = key(line, of: placed[place].section)
            sections[placed[place].section, default: []].append(line)
        }
        return sections.mapValues { $0.sorted { $0.key < $1.key } }
    }

    private func line(
        _ person: CandidatePeople.Person, _ encounter: HuddleEncounter, _ reading: HuddleReading, concerns: Bool
    ) -> Line {
        Line(
            person: person, encounter: encounter, flags: rules.flags(of: encounter, reading),
            systemConcerns: concerns ? rules.systemConcerns(reading) : [],
            key: ListKey(first: 0, second: 0, ref: encounter.ref))
    }

    // MARK: Who belongs

    private func encounters(
        of list: PracticeList, _ person: CandidatePeople.Person, _ reading: HuddleReading
    ) -> [HuddleEncounter] {
        let patient = person.patient
        func recent(_ test: (HuddleEncounter) -> Bool) -> [HuddleEncounter] {
            patient.encounters.filter { rules.isRecent($0, at: now) && test($0) }
        }
        func flagged(_ encounter: HuddleEncounter, _ rule: HuddleRule) -> Bool {
            rules.flags(of: encounter, reading).contains { $0.rule == rule }
        }
        func foremost(_ isIn: Bool) -> [HuddleEncounter] { isIn ? [patient.foremost].compactMap(\.self) : [] }
        let settings = rules.settings
        switch list {
        case .admissions, .inHospital, .discharges, .attendances, .corrected, .unknownPractice:
            return patient.encounters.filter { person.listed.contains($0.ref) }
        case .deaths:
            let isNews = patient.deathToldAt.map { told in since.map { told > $0 } ?? true } ?? false
            return foremost(patient.isDeceased && isNews)
        case .expectedDischarges: return patient.encounters.filter { flagged($0, .expectedDischarge) }
        case .longStay: return patient.encounters.filter { $0.isOpenStay && flagged($0, .longStay) }
        case .readmissions: return recent { $0.isStay && flagged($0, .readmitted) }
        case .readmissionRisk: return patient.encounters.filter { flagged($0, .readmissionRisk) }
        case .careHome: return recent { $0.isStay && (flagged($0, .careHome) || flagged($0, .newCareHome)) }
        case .virtualWard: return recent { rules.isOnVirtualWard($0) }
        case .fopas:
            let found = recent { flagged($0, .fopas) }.max { ($0.startedAt, $0.ref) < ($1.startedAt, $1.ref) }
            return [found ?? patient.foremost.flatMap { flagged($0, .fopas) ? $0 : nil }].compactMap(\.self)
        case .concerns:
            return foremost(
                !patient.concerns.isEmpty || !rules.systemConcerns(reading).isEmpty)
        case .frequent:
            return foremost(reading.emergencyAdmissions.count >= settings.emergencyAdmissionsMin)
        case .frequentAttenders:
            return foremost(reading.attendances.count >= settings.attendancesMin)
        case .symphony:
            return foremost(
                patient.symphony != nil && rules.hasEvent(patient, inDays: settings.symphonyEventDays, now: now))
        case .huddle: return []
        }
    }

    /// Adds who on the list may be taken for another.
    private func named(_ lines: [Line]) -> [Line] {
        let others = SimilarNames.others(
            lines.map { line in
                SimilarNames.Line(
                    person: line.person.key, ref: line.encounter.ref, family: line.person.patient.family,
                    given: line.person.patient.given, born: line.person.patient.born)
            })
        return zip(lines, others).map { line, other in
            guard let other, line.encounter.correctedAt == nil else { return line }
            var line = line
            line.flags.insert(
                HuddleFlag(.similarName, .text(other)), at: line.flags.first?.rule == .deceased ? 1 : 0)
            return line
        }
    }

    private func passes(_ line: Line, _ filter: ListFilter) -> Bool {
        if let site = filter.site {
            let told = line.encounter.site ?? line.person.candidates[line.encounter.ref]?.hospital.rawValue
            guard !line.encounter.isRestricted, told == site else { return false }
        }
        if let least = filter.symphonyMin, (line.person.patient.symphony?.score ?? 0) < least { return false }
        if let least = filter.nightsMin, (line.encounter.nights(at: now) ?? -1) < least { return false }
        if let isDiscussed = filter.isDiscussed, (line.person.discussed != nil) != isDiscussed { return false }
        return filter.flags.allSatisfy { rule in line.flags.contains { $0.rule == rule } }
    }

    // MARK: Order

    private func key(_ line: Line, of list: PracticeList, _ sort: ListSort?) -> ListKey {
        let happened = happened(line, of: list)
        let told = told(line, of: list)
        let nights = Int64(line.encounter.nights(at: now) ?? 0)
        let symphony = Int64(line.person.patient.symphony?.score ?? 0)
        let (first, second): (Int64, Int64) =
            switch sort {
            case .happened?: (happened, 0)
            case .happenedDescending?: (-happened, 0)
            case .told?: (told, 0)
            case .toldDescending?: (-told, 0)
            case .nights?: (nights, -happened)
            case .nightsDescending?: (-nights, -happened)
            case .symphony?: (symphony, -happened)
            case .symphonyDescending?: (-symphony, -happened)
            case nil:
                switch list {
                case .inHospital, .longStay: (happened, 0)
                case .deaths: (-told, 0)
                case .expectedDischarges: (expected(line), happened)
                case .concerns: concern(line, happened)
                case .frequent: (line.encounter.isOpenStay ? 0 : 1, -happened)
                case .frequentAttenders: (-count(line, .frequentAttender), -happened)
                case .symphony: (-symphony, -happened)
                default: (-happened, 0)
                }
            }
        return ListKey(first: first, second: second, ref: line.encounter.ref)
    }

    private func key(_ line: Line, of section: HuddleSection) -> ListKey {
        let symphony = Int64(line.person.patient.symphony?.score ?? 0)
        let started = line.encounter.startedAt.microseconds
        let (first, second): (Int64, Int64) =
            switch section {
            case .deaths: (-told(line, of: .deaths), 0)
            case .admissions: (-symphony, -started)
            case .inHospital: (started, 0)
            case .discharges: (-happened(line, of: .discharges), 0)
            case .attendances: (-started, 0)
            case .concerns: concern(line, started)
            case .frequent: (-count(line, .frequentAdmissions), -started)
            case .symphony: (-symphony, -started)
            case .corrected: (-happened(line, of: .corrected), 0)
            }
        return ListKey(first: first, second: second, ref: line.encounter.ref)
    }

    private func happened(_ line: Line, of list: PracticeList) -> Int64 {
        let encounter = line.encounter
        let at =
            switch list {
            case .discharges: encounter.endedAt ?? encounter.lastToldAt
            case .corrected: encounter.correctedAt ?? encounter.lastToldAt
            case .attendances: encounter.arrived.at ?? encounter.startedAt
            default: encounter.startedAt
            }
        return at.microseconds
    }

    private func told(_ line: Line, of list: PracticeList) -> Int64 {
        let encounter = line.encounter
        let at: Instant? =
            switch list {
            case .deaths: line.person.patient.deathToldAt
            case .admissions: encounter.admissionToldHere
            case .discharges: encounter.endToldHere
            case .attendances: [encounter.arrivalToldHere, encounter.endToldHere].compactMap(\.self).max()
            case .corrected: encounter.correctedAt
            default: nil
            }
        return (at ?? encounter.lastToldAt).microseconds
    }

    /// Who is ready comes before all who are expected to be.
    private func expected(_ line: Line) -> Int64 {
        guard line.flags.contains(where: { $0.rule == .expectedDischarge && $0.value != .text("ready") }),
            let day = line.encounter.expectedDischarge
        else { return .min }
        return day.number
    }

    /// Safeguarding first, the oldest concern first; then the newest.
    private func concern(_ line: Line, _ happened: Int64) -> (Int64, Int64) {
        let concerns = line.person.patient.concerns
        let safeguarding = concerns.filter { $0.kind == ConcernKind.safeguarding.rawValue }
        if let oldest = safeguarding.map(\.raisedAt.microseconds).min() { return (0, oldest) }
        return (1, -(concerns.map(\.raisedAt.microseconds).max() ?? happened))
    }

    private func count(_ line: Line, _ rule: HuddleRule) -> Int64 {
        guard case .number(let count)? = line.flags.first(where: { $0.rule == rule })?.value else { return 0 }
        return Int64(count)
    }
}
