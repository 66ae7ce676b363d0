import NIOCore

/// The answers a connection owes, in the order of the frames they answer.
///
/// Answers may become ready in any order; `next` gives them out in the order of `open`. Frames are numbered from 0.
struct AnswerQueue {
    private enum Slot { case waiting, ready(MLLPAnswer) }

    private var slots = CircularBuffer<Slot>(initialCapacity: 1)
    private var first = 0

    /// How many frames have been given to the responder and their answers not yet been given out.
    var count: Int { slots.count }

    /// Opens a place for the answer to the next frame, and gives its number.
    mutating func open() -> Int {
        slots.append(.waiting)
        return first + slots.count - 1
    }

    /// Fills the place of frame `number`; false if it was given up.
    mutating func fill(_ number: Int, with answer: MLLPAnswer) -> Bool {
        let offset = number - first
        guard offset >= 0, offset < slots.count else { return false }
        slots[slots.index(slots.startIndex, offsetBy: offset)] = .ready(answer)
        return true
    }

    /// The next answer in order, if it is ready.
    mutating func next() -> MLLPAnswer? {
        guard case .ready(let answer)? = slots.first else { return nil }
        slots.removeFirst()
        first += 1
        return answer
    }

    /// Gives up all places: answers that still come fall away.
    mutating func giveUp() {
        first += slots.count
        slots.removeAll()
    }
}
