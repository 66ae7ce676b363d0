/// Something that will happen or be told at a moment of the simulation.
struct Act: Sendable {
    /// What is to be done; the subject is a stay unless it says otherwise.
    enum Step: UInt8, Sendable {
        /// Draws up what a day brings; subject: the day's number.
        case planDay
        /// A patient comes by the way that the subject names (`Stay.Kind`).
        case arrive
        /// A patient comes to a community hospital from the stay that is the subject.
        case arriveFromWard
        /// The A&E team decides to admit.
        case admitFromEmergency
        /// The patient leaves.
        case leave
        /// A stay falls out of memory.
        case forget

        /// A patient's first message at a hospital (A28), before the first about the stay.
        case tellNewcomer
        case tellPriming
        /// A04 or A01.
        case tellArrival
        /// A&E attendance becomes a stay on the same visit: A08 or A02.
        case tellAdmission
        case tellMove
        /// A08 about someone who is there.
        case tellUpdate
        /// A08 after the discharge, when the notes are coded.
        case tellCoding
        /// A08 with the right time of admission.
        case tellCorrectedAdmission
        /// A08 with the right time of discharge.
        case tellCorrectedDischarge
        case tellFalseDischarge
        case tellCancelledDischarge
        case tellCancelledAdmission
        case tellDischarge

        /// A28; no subject: whoever is new.
        case tellNewPerson
        /// A31 that changes little; no subject: anyone.
        case tellPerson
        /// A31 that tells a person's new practice; no subject: whoever moves.
        case tellPracticeChange
        /// A31 that tells a death; no subject: whoever dies.
        case tellDeathOutside
        /// A31 that passes news of a person on to a further hospital; subject: the person.
        case tellElsewhere
        /// Gives out a message kept back; subject: its number.
        case deliver

        /// Whether a message comes of it.
        var isTelling: Bool { rawValue >= Step.tellNewcomer.rawValue }
    }

    /// When it is due, in microseconds since 1970-01-01T00:00:00Z.
    var due: Int64
    var step: Step
    var subject: Int
    /// When what is told happened, where that is not the stay's own time.
    var happened: Int64 = 0
    /// The place in the hospital list of the hospital that tells it, for news about persons.
    var hospital: Int = 0
    /// Whether this is the second telling of something that went out unreadable.
    var isMended = false
    /// Order of making, which settles who goes first of two that are due at once.
    fileprivate(set) var order: Int = 0

    init(due: Int64, _ step: Step, _ subject: Int, happened: Int64 = 0, hospital: Int = 0) {
        self.due = due
        self.step = step
        self.subject = subject
        self.happened = happened
        self.hospital = hospital
    }
}

/// What is still to come, earliest first: a binary heap.
struct ActQueue: Sendable {
    private var heap: [Act] = []
    private var made = 0

    var first: Act? { heap.first }

    mutating func push(_ act: Act) {
        var act = act
        made += 1
        act.order = made
        heap.append(act)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.isEarlier(heap[child], heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> Act? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            let child = 2 * parent + 1
            if child < heap.count, Self.isEarlier(heap[child], heap[least]) { least = child }
            if child + 1 < heap.count, Self.isEarlier(heap[child + 1], heap[least]) { least = child + 1 }
            guard least != parent else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private static func isEarlier(_ left: Act, _ right: Act) -> Bool {
        left.due != right.due ? left.due < right.due : left.order < right.order
    }
}
