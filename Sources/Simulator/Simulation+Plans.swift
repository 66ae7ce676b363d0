/// How an attendance or a stay will go: drawn up when it begins.
extension Simulation {
    /// Draws up an A&E attendance and what comes of it.
    mutating func planAttendance(_ id: Int, _ years: Int) {
        guard var stay = stays[id] else { return }
        let arrived = stay.arrivedAt
        let told = arrived + Int64(generator.within(2...12)) * Self.minute
        let length = LengthOfStay.table(.attendance, years: years).value(at: generator.fraction())
        let ends = max(arrived + Int64(length) * Self.minute, told + 6 * Self.minute)
        stay.leavesAt = ends
        let isMistake = generator.chance(settings.cancelledAttendanceRate)
        let isAdmitted = generator.chance(AgeProfile.admissionProbability(years))
        let share = generator.fraction()
        stay.wayIn = share < 0.6 ? .newVisit : share < 0.85 ? .updatedClass : .transferredClass
        if isMistake {
            stays[id] = stay
            tellFirst(id, at: told)
            planMistake(id, toldAt: told, minutes: 5...40)
            return
        }
        if isAdmitted {
            queue.push(Act(due: ends, .admitFromEmergency, id))
        } else {
            stay.wayIn = .newVisit
            settleAttendance(&stay, years)
            queue.push(Act(due: ends, .leave, id))
            queue.push(Act(due: entry(of: ends, lag: 1...45, carelessness: 0.1), .tellDischarge, id))
        }
        stays[id] = stay
        tellFirst(id, at: told)
        for _ in 0..<generator.count(mean: settings.updatesPerAttendance) {
            let minutes = Int((ends - told) / Self.minute)
            let due = told + Int64(generator.within(1...max(1, minutes - 2))) * Self.minute
            if due < ends { queue.push(Act(due: due, .tellUpdate, id)) }
        }
    }

    /// How an attendance ends that does not lead to a bed (A&E ATTENDANCE DISPOSAL, ITK table 0112).
    private mutating func settleAttendance(_ stay: inout Stay, _ years: Int) {
        switch generator.fraction() {
        case ..<(years >= 75 ? 0.004 : 0.0005):
            stay.diesAtEnd = true
            stay.disposal = "10"
        case ..<0.05: stay.disposal = "12"
        case ..<0.06: stay.disposal = "7"
        case ..<0.5: stay.disposal = "2"
        default: stay.disposal = "3"
        }
    }

    /// The A&E team has decided: the patient goes to a ward, on a new visit or on the same one.
    mutating func admitFromEmergency(_ id: Int, at time: Int64) {
        guard var stay = stays[id] else { return }
        switch stay.wayIn {
        case .newVisit:
            stay.disposal = "1"
            stay.hasLeft = true
            stays[id] = stay
            let next = open(.emergency, stay.person, hospital: stay.hospital, at: time)
            stays[next]?.method = "21"
            stays[next]?.reason = stay.reason
            stays[next]?.specialty = Complaint.all[stay.reason].specialty
            // The ward clerk and the A&E clerk do not wait for each other.
            let told = time + Int64(generator.within(2...40)) * Self.minute
            queue.push(Act(due: told, .tellArrival, next))
            let discharge = time + Int64(generator.within(1...50)) * Self.minute
            queue.push(Act(due: discharge, .tellDischarge, id))
            planStay(next, from: time, toldAt: told)
        case .updatedClass, .transferredClass:
            stay.admittedAt = time
            stay.method = "21"
            stays[id] = stay
            let told = time + Int64(generator.within(2...40)) * Self.minute
            queue.push(Act(due: told, .tellAdmission, id))
            planStay(id, from: time, toldAt: told)
        }
    }

    /// Draws up a stay in a bed, from its admission on.
    mutating func planStay(_ id: Int, from admitted: Int64, toldAt told: Int64) {
        guard var stay = stays[id] else { return }
        let years = age(of: stay)
        let isOnSameVisit = stay.arrivedAt != admitted
        // Lodged here before anything else is drawn, so that what is told of it meanwhile is of an emergency stay.
        let kind = stay.kind == .attendance ? Stay.Kind.emergency : stay.kind
        if !isOnSameVisit, generator.chance(settings.cancelledAdmissionRate) {
            planMistake(id, toldAt: told, minutes: 10...180)
            return
        }
        let length = Int64(LengthOfStay.table(kind, years: years).value(at: generator.fraction())) * Self.minute
        stay.diesAtEnd = kind == .emergency && generator.chance(AgeProfile.deathProbability(years))
            || kind == .community && generator.chance(0.06)
        let leaves = max(departure(after: admitted + length, kind, dies: stay.diesAtEnd), told + 20 * Self.minute)
        stay.leavesAt = leaves
        stay.dischargeMethod = stay.diesAtEnd ? "4" : generator.chance(0.015) ? "6" : "1"
        stay.destination =
            stay.diesAtEnd ? "79" : stay.source == "54" ? "54" : years >= 80 && generator.chance(0.07) ? "54" : "19"
        if !isOnSameVisit, generator.chance(settings.correctionRate / 2) {
            stay.toldAdmission = admitted - Int64(generator.within(5...50)) * Self.minute
            let due = told + Int64(generator.within(20...1_200)) * Self.minute
            if due < leaves { queue.push(Act(due: due, .tellCorrectedAdmission, id)) }
        }
        stays[id] = stay

        queue.push(Act(due: leaves, .leave, id))
        let discharge = max(entry(of: leaves, lag: 2...150), told + Self.minute)
        queue.push(Act(due: discharge, .tellDischarge, id))
        if kind == .emergency { planMoves(id, from: admitted, to: leaves) }
        planFalseDischarge(id, after: told, before: leaves)
        if generator.chance(0.35) {
            queue.push(Act(due: discharge + Int64(generator.within(200...3_000)) * Self.minute, .tellCoding, id))
        }
        if generator.chance(settings.correctionRate / 2) {
            let due = discharge + Int64(generator.within(30...1_200)) * Self.minute
            queue.push(Act(due: due, .tellCorrectedDischarge, id))
        }
        let first = told + Int64(generator.within(15...240)) * Self.minute
        if kind != .dayCase, first < leaves { queue.push(Act(due: first, .tellUpdate, id)) }
    }

    /// An entry for the wrong patient: nobody came, and it is cancelled; sometimes its number serves the right entry
    /// next.
    private mutating func planMistake(_ id: Int, toldAt told: Int64, minutes: ClosedRange<Int>) {
        guard var stay = stays[id] else { return }
        stay.isMistake = true
        let due = told + Int64(generator.within(minutes)) * Self.minute
        stay.leavesAt = due
        stays[id] = stay
        queue.push(Act(due: due, .leave, id))
        queue.push(Act(due: due, .tellCancelledAdmission, id))
    }

    /// When someone leaves whose stay could end at `time`: by day, and less at weekends. Death keeps no hours.
    private mutating func departure(after time: Int64, _ kind: Stay.Kind, dies: Bool) -> Int64 {
        guard kind != .dayCase, !dies else { return time }
        var day = CalendarDay(londonAt: time)
        if day.isWeekend, generator.chance(0.4) { day = day.adding(days: day.weekday == 5 ? 2 : 1) }
        let chosen = day.microseconds(atMinute: HourProfile.minute(HourProfile.discharges, &generator))
        // Never earlier than half a day before it could have ended.
        return chosen > time - 12 * Self.hour ? chosen : time
    }

    /// When a departure is entered: soon, or on the next working morning.
    ///
    /// A&E, where everyone watches the clock, is less careless than the wards.
    private mutating func entry(of departure: Int64, lag: ClosedRange<Int>, carelessness: Double = 1) -> Int64 {
        let day = CalendarDay(londonAt: departure)
        let isAfterHours = day.isWeekend || day.weekday == 4 && departure > day.microseconds(atMinute: 17 * 60)
        let rate = isAfterHours ? settings.weekendLateEntryRate : settings.lateEntryRate
        let soon = departure + Int64(generator.within(lag)) * Self.minute
        guard generator.chance(rate * carelessness) else { return soon }
        var next = day.adding(days: 1)
        while next.isWeekend { next = next.adding(days: 1) }
        return next.microseconds(atMinute: 8 * 60 + generator.below(150))
    }

    /// From the assessment unit to a ward, and for some later to another.
    private mutating func planMoves(_ id: Int, from admitted: Int64, to leaves: Int64) {
        let first = admitted + Int64(generator.within(300...2_400)) * Self.minute
        guard first < leaves - 3 * Self.hour else { return }
        pushMove(id, happened: first, before: leaves)
        let days = Int((leaves - first) / Self.day)
        for day in stride(from: 3, to: min(days, 30), by: 6) where generator.chance(0.4) {
            let due = first + Int64(day) * Self.day + Int64(generator.within(-600...600)) * Self.minute
            pushMove(id, happened: due, before: leaves)
        }
    }

    private mutating func pushMove(_ id: Int, happened: Int64, before leaves: Int64) {
        let told = happened + Int64(generator.within(2...90)) * Self.minute
        if told < leaves - 30 * Self.minute { queue.push(Act(due: told, .tellMove, id, happened: happened)) }
    }

    /// A discharge entered for someone who is still in bed, and taken back.
    private mutating func planFalseDischarge(_ id: Int, after told: Int64, before leaves: Int64) {
        guard generator.chance(settings.cancelledDischargeRate) else { return }
        let room = leaves - told
        guard room > 12 * Self.hour else { return }
        let happened =
            told + 2 * Self.hour + Int64(generator.below(Int((room - 9 * Self.hour) / Self.minute))) * Self.minute
        let entered = happened + Int64(generator.within(3...60)) * Self.minute
        let cancelled = entered + Int64(generator.within(5...300)) * Self.minute
        guard cancelled < leaves - 10 * Self.minute else { return }
        queue.push(Act(due: entered, .tellFalseDischarge, id, happened: happened))
        queue.push(Act(due: cancelled, .tellCancelledDischarge, id, happened: happened))
    }
}
