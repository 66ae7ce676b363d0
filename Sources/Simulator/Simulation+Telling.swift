/// What is told: each telling changes what the hospital has said so far, and may lead to further tellings.
extension Simulation {
    /// Takes the effects of a telling; nil where it has been overtaken and nothing is told.
    mutating func learn(_ act: Act, sendAt: Int64) -> News? {
        switch act.step {
        case .tellNewPerson, .tellPerson, .tellPracticeChange, .tellDeathOutside, .tellElsewhere:
            return learnOfPerson(act)
        default: break
        }
        guard var stay = stays[act.subject], stay.status != .cancelled else { return nil }
        let wasInBed = stay.inpatientToldAt != nil
        let news = learn(act, of: &stay, sendAt: sendAt)
        // An update of a stay that nobody was told of is the first word of it.
        if news != nil, stay.status == .untold, act.step != .tellNewcomer { open(&stay, sendAt) }
        if !wasInBed, stay.inpatientToldAt != nil { inpatients.append(act.subject) }
        if stay.status == .cancelled || stay.status == .finished && stay.hasLeft {
            inpatients.removeAll { $0 == act.subject }
        }
        stays[act.subject] = stay
        return news
    }

    private mutating func learn(_ act: Act, of stay: inout Stay, sendAt: Int64) -> News? {
        let id = act.subject
        switch act.step {
        case .tellNewcomer:
            guard !people.isKnown(stay.person, at: stay.hospital) else { return nil }
            people.setKnown(stay.person, at: stay.hospital)
            return News("A28", .person, hospital: stay.hospital, person: stay.person)
        case .tellPriming:
            guard stay.status == .untold else { return nil }
            open(&stay, sendAt)
            return stay.news(id, stay.kind == .attendance ? "A04" : "A01", .priming, occurred: stay.toldAdmission)
        case .tellArrival:
            if stay.status == .untold { open(&stay, sendAt) }
            let isAttendance = stay.kind == .attendance
            let trigger = isAttendance && stay.wayIn != .transferredClass ? "A04" : "A01"
            return stay.news(id, trigger, .pathway, occurred: stay.toldAdmission)
        case .tellAdmission:
            return learnOfAdmission(id, of: &stay, sendAt)
        case .tellMove:
            // Nobody changes beds in a ward that they have left: a change told meanwhile happened before the move.
            let happened = max(act.happened, (stay.placeToldAt / Self.minute + 1) * Self.minute)
            guard stay.isInBed, happened <= act.due else { return nil }
            move(&stay)
            stay.placeToldAt = sendAt
            return stay.news(id, "A02", .pathway, occurred: happened)
        case .tellUpdate:
            guard stay.status != .finished, !stay.hasLeft else { return nil }
            return learnUpdate(act, of: &stay, sendAt)
        case .tellCoding:
            guard stay.status == .finished else { return nil }
            return stay.news(id, "A08", .noise)
        case .tellCorrectedAdmission:
            guard stay.isInBed else { return nil }
            stay.toldAdmission = stay.admittedAt ?? stay.arrivedAt
            return stay.news(id, "A08", .correction)
        case .tellCorrectedDischarge:
            guard stay.status == .finished, stay.hasLeft else { return nil }
            stay.toldDischarge = stay.leavesAt + Int64(generator.within(-60...25)) * Self.minute
            return stay.news(id, "A08", .correction)
        case .tellFalseDischarge, .tellCancelledDischarge, .tellCancelledAdmission, .tellDischarge:
            return learnOfEnd(act, of: &stay, sendAt: sendAt)
        default: return nil
        }
    }

    private func open(_ stay: inout Stay, _ sendAt: Int64) {
        stay.status = .open
        stay.firstToldAt = sendAt
        if stay.kind != .attendance { stay.inpatientToldAt = sendAt }
    }

    // MARK: Stays

    private mutating func learnOfAdmission(_ id: Int, of stay: inout Stay, _ sendAt: Int64) -> News? {
        guard stay.kind == .attendance, !stay.hasLeft, let admitted = stay.admittedAt else { return nil }
        stay.kind = .emergency
        stay.specialty = Complaint.all[stay.reason].specialty
        stay.priorPlace = stay.place
        stay.place = bed(stay.hospital, .emergency, stay.specialty, age(of: stay))
        stay.inpatientToldAt = sendAt
        stay.placeToldAt = sendAt
        if stay.wayIn == .updatedClass { stay.toldAdmission = admitted }
        return stay.news(id, stay.wayIn == .updatedClass ? "A08" : "A02", .pathway, occurred: admitted)
    }

    /// To the ward where the patient's illness belongs, or along the corridor.
    private mutating func move(_ stay: inout Stay) {
        let hospital = district.hospitals[stay.hospital]
        beds.leave(hospital: stay.hospital, stay.place)
        stay.priorPlace = stay.place
        let wished = hospital.ward(for: stay.specialty, not: stay.place.ward)
        let fallback = hospital.wards.firstIndex { $0.code == "7B" } ?? 0
        stay.place = beds.take(hospital: stay.hospital, ward: wished == 0 ? fallback : wished)
        stay.consultant = generator.below(Consultant.perSpecialty)
    }

    /// A snapshot, in which little has changed: a bed, a date, a name.
    private mutating func learnUpdate(_ act: Act, of stay: inout Stay, _ sendAt: Int64) -> News? {
        if stay.isInBed {
            switch generator.fraction() {
            case ..<0.25:
                let error = generator.within(-1...2)
                stay.expectedDischarge = CalendarDay(londonAt: max(stay.leavesAt, act.due)).adding(days: error)
            case ..<0.33:
                stay.isMedicallyFit = stay.leavesAt - act.due < 2 * Self.day
            case ..<0.40:
                beds.leave(hospital: stay.hospital, stay.place)
                stay.place = beds.take(hospital: stay.hospital, ward: stay.place.ward)
                stay.placeToldAt = sendAt
            case ..<0.45:
                stay.consultant = generator.below(Consultant.perSpecialty)
            default: break
            }
            queueNextUpdate(after: act, stay)
        }
        return stay.news(act.subject, "A08", .noise)
    }

    private mutating func queueNextUpdate(after act: Act, _ stay: Stay) {
        guard settings.updatesPerInpatientDay > 0 else { return }
        let mean = Double(Self.day) / settings.updatesPerInpatientDay
        var due = act.due + Int64(mean * (0.05 + 1.6 * generator.fraction()))
        let day = CalendarDay(londonAt: due)
        // Few touch the record by night; what is due then waits for the morning.
        let morning = day.microseconds(atMinute: 6 * 60 + generator.below(180))
        if due < morning, generator.chance(0.75) { due = morning }
        if due < stay.leavesAt - 5 * Self.minute { queue.push(Act(due: due, .tellUpdate, act.subject)) }
    }

    // MARK: Ends

    private mutating func learnOfEnd(_ act: Act, of stay: inout Stay, sendAt: Int64) -> News? {
        let id = act.subject
        switch act.step {
        case .tellFalseDischarge:
            guard stay.isInBed else { return nil }
            stay.status = .finished
            stay.toldDischarge = act.happened
            stay.dischargeToldAt = sendAt
            if generator.chance(settings.falseDeathShare) {
                stay.toldDied = true
                people.tellDeath(stay.person, at: act.happened)
            }
            return stay.news(id, "A03", .pathway, occurred: act.happened)
        case .tellCancelledDischarge:
            guard stay.status == .finished, !stay.hasLeft else { return nil }
            stay.status = .open
            stay.toldDischarge = nil
            stay.dischargeToldAt = nil
            if stay.toldDied { people.tellDeath(stay.person, at: nil) }
            stay.toldDied = false
            return stay.news(id, "A13", .correction, occurred: act.happened, isStub: id % 3 == 0)
        case .tellCancelledAdmission:
            stay.status = .cancelled
            queueForgetting(id, after: act.due)
            reuseNumber(of: stay, at: act.due)
            return stay.news(id, "A11", .correction, occurred: stay.toldAdmission, isStub: id % 3 != 0)
        default:
            return learnOfDischarge(act, of: &stay, sendAt: sendAt)
        }
    }

    private mutating func learnOfDischarge(_ act: Act, of stay: inout Stay, sendAt: Int64) -> News? {
        guard stay.status == .open || stay.status == .untold else { return nil }
        let isAdmission = stay.kind == .attendance && stay.disposal == "1"
        if stay.status == .untold { open(&stay, sendAt) }
        stay.status = .finished
        stay.toldDischarge = isAdmission ? stay.leavesAt : min(stay.leavesAt, act.due)
        stay.dischargeToldAt = sendAt
        if stay.diesAtEnd {
            stay.toldDied = true
            people.tellDeath(stay.person, at: stay.toldDischarge)
        }
        queueForgetting(act.subject, after: act.due)
        let isLate = act.due - stay.leavesAt > 6 * Self.hour
        return stay.news(act.subject, "A03", isLate ? .lateEntry : .pathway, occurred: stay.toldDischarge)
    }

    private mutating func queueForgetting(_ id: Int, after time: Int64) {
        // Coding and corrections come within two days and a bit.
        queue.push(Act(due: time + Int64(max(settings.historyDays, 3)) * Self.day, .forget, id))
    }

    /// The right entry under the number of the wrong one.
    private mutating func reuseNumber(of stay: Stay, at time: Int64) {
        guard stay.kind != .attendance, generator.chance(settings.visitNumberReuseRate), people.canCome(stay.person)
        else { return }
        let arrival = time + Int64(generator.within(20...90)) * Self.minute
        let id = open(stay.kind, stay.person, hospital: stay.hospital, at: arrival, number: stay.number)
        stays[id]?.reason = stay.reason
        let told = arrival + Int64(generator.within(2...25)) * Self.minute
        queue.push(Act(due: told, .tellArrival, id))
        planStay(id, from: arrival, toldAt: told)
    }
}

extension Stay {
    /// Whether the hospital says that the patient is in a bed now.
    var isInBed: Bool { (status == .open || status == .untold) && kind != .attendance && !hasLeft }

    /// News of this stay, which is number `id` in the simulation.
    func news(
        _ id: Int, _ trigger: String, _ kind: SimulatedMessage.Kind, occurred: Int64? = nil, isStub: Bool = false
    ) -> News {
        News(trigger, kind, hospital: hospital, person: person, stay: id, occurred: occurred, isStub: isStub)
    }
}
