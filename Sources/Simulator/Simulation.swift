package import EventSourcing
import HL7v2

/// A district's hospitals at work: an endless run of the messages they send, in the order of sending.
///
/// Pure: the same district, start, seed and settings give the same bytes, whatever the clock or the machine. A value:
/// a copy goes on by itself. It keeps who is in hospital, who has left of late and what the present day will bring,
/// and nothing of the past. What is told carries strictly ascending whole seconds (EVN-2, MSH-7) across the hospitals,
/// so that the order of telling can be read from the messages whatever order they arrive in.
///
/// ```
///  day's plan ─▶ acts, by time ─▶ what happens (beds, plans for the stay) ─▶ further acts
///                     │
///                     └─▶ what is told (A01 …) ─▶ messages ─▶ as they are | held up | again | unreadable
/// ```
package struct Simulation: IteratorProtocol, Sendable {
    package let district: District
    package let start: Instant
    package let seed: UInt64
    package let settings: SimulationSettings

    static let second: Int64 = 1_000_000
    static let minute: Int64 = 60 * second
    static let hour: Int64 = 60 * minute
    static let day: Int64 = 24 * hour

    var generator: SeededGenerator
    var queue = ActQueue()
    var beds: BedBoard
    var people: PeopleLedger
    /// Stays in memory by their number in this simulation. Looked up and sorted, never gone through as it lies.
    var stays: [Int: Stay] = [:]
    /// The stays in memory of each person.
    var staysOfPerson: [Int: [Int]] = [:]
    /// People in a bed as told, for news that falls on one of them.
    var inpatients: [Int] = []
    /// People who went home of late, some of whom come back.
    var returners: [Int] = []
    /// The rest of the distance until `returners` is overwritten from its front.
    var returnerPlace = 0
    var stayCount = 0
    /// Visits numbered today, by hospital and kind.
    var visitCounts: [Int] = []
    var today: CalendarDay
    /// While this lasts nothing is recorded: the clocks go back.
    var pause: Range<Int64>?
    /// The two hours of the latest day whose local times are the same.
    var twice: Range<Int64> = 0..<0
    /// Before the beginning nobody hears anything.
    var isUnseen = true
    /// Nothing is drawn up before this.
    let beginning: Int64

    /// Messages kept back, by number.
    var held: [Int: HeldMessage] = [:]
    var heldCount = 0
    /// Patients about whom a message is held up, by `patientKey`.
    var heldPatients: Set<Int> = []
    /// The last second used in EVN-2.
    var lastRecorded: Int64 = .min
    var lastSent: Int64 = .min
    /// The control id that each hospital used last.
    var lastControlIDs: [String]
    /// While this holds, messages are told without being written.
    var isSilent = false
    let scribe: Scribe

    /// Begins a simulation at `start`; a primed one first runs unseen to fill the wards (some tens of milliseconds).
    ///
    /// Patients, paths and mistakes follow from `seed`, people from the district's own.
    package init(district: District, from start: Instant, seed: UInt64, settings: SimulationSettings = .init()) {
        self.district = district
        self.start = start
        self.seed = seed
        self.settings = settings
        generator = SeededGenerator(seed: Scramble.mix(seed) ^ district.seed)
        beds = BedBoard(hospitals: district.hospitals)
        people = PeopleLedger(district: district)
        lastControlIDs = district.hospitals.map { _ in "" }
        scribe = Scribe(hospitals: district.hospitals)
        let warmUp = settings.priming == .emptyHospitals ? 0 : Int64(settings.warmUpDays) * Self.day
        beginning = start.microseconds - warmUp
        today = CalendarDay(londonAt: beginning)
        queue.push(Act(due: beginning, .planDay, today.number))
        while let act = queue.first, act.due < start.microseconds {
            _ = queue.pop()
            if act.step.isTelling { _ = tell(act) } else { happen(act) }
        }
        begin()
    }

    /// The next message; never nil.
    package mutating func next() -> SimulatedMessage? {
        while true {
            settle()
            guard let act = queue.pop() else { return nil }
            if let message = tell(act) { return message }
        }
    }

    /// Goes on without a word until the next message would leave after `instant`, much faster than by `next`.
    ///
    /// For taking up a simulation where another run of it stopped.
    package mutating func skip(to instant: Instant) {
        isSilent = true
        settle()
        while let due = nextSendAt, due <= instant.microseconds, let act = queue.pop() {
            _ = tell(act)
            settle()
        }
        isSilent = false
    }

    /// Lets everything happen that comes before the next telling.
    mutating func settle() {
        while let act = queue.first {
            guard act.step.isTelling else {
                _ = queue.pop()
                happen(act)
                continue
            }
            guard act.step != .deliver, let pause, pause.contains(act.due) else { return }
            // Told when the system is up again, in the same order, an hour's worth in a minute.
            _ = queue.pop()
            var later = act
            later.due = pause.upperBound + (act.due - pause.lowerBound) / 60
            queue.push(later)
        }
    }

    /// Ends the unseen time: what was told so far nobody has heard.
    private mutating func begin() {
        isUnseen = false
        lastRecorded = start.microseconds - start.microseconds % Self.second - Self.second
        lastSent = .min
        inpatients = []
        for id in stays.keys.sorted() {
            guard var stay = stays[id] else { continue }
            let wasTold = stay.status != .untold
            let isOver = stay.status == .finished && stay.hasLeft || stay.status == .cancelled
            guard !isOver, !(wasTold && stay.isMistake) else {
                forget(id)
                continue
            }
            // A false discharge that nobody heard of needs no taking back.
            if stay.toldDied { people.tellDeath(stay.person, at: nil) }
            stay.status = .untold
            stay.toldDischarge = nil
            stay.toldDied = false
            stay.firstToldAt = nil
            stay.inpatientToldAt = nil
            stay.dischargeToldAt = nil
            stays[id] = stay
            if wasTold, settings.priming == .toldInpatients {
                queue.push(Act(due: start.microseconds - 1, .tellPriming, id))
            }
        }
    }
}
