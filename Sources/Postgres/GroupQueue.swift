/// What has been sent and not yet answered, in order.
///
/// A group is what one caller sent between two Syncs: its statements are one implicit transaction, and its errors stay
/// its own. The server answers in the order of sending, so a queue of steps says what each answer belongs to.
///
/// ```
/// [prepare? execute]… sync                      the usual group
/// deallocate sync(isLast: false) [ … ] sync     room had to be made among the prepared statements
/// [ … ] sync(isLast: false) rollback sync       the group begins a transaction: undone if an error
///                                               kept it from its commit
/// ```
struct GroupQueue {
    enum Step {
        /// An answer that nobody waits for.
        case housekeeping
        case prepare(StatementCache.Key, name: String)
        case execute
        case sync(isLast: Bool)
    }

    /// The answers of one group.
    struct Outcome {
        var results: [PostgresResult] = []
        var error: PostgresError?
    }

    private var steps: [Step] = []
    private var head = 0
    private(set) var number: UInt64 = 0
    /// The group whose answers are coming in.
    var current = Outcome()
    /// Whether the first step has had its answer and only the end of it is awaited.
    var isAnswered = false

    var isEmpty: Bool { head == steps.count }

    mutating func begin() {
        number += 1
    }

    mutating func append(_ step: Step) {
        steps.append(step)
    }

    var first: Step? { isEmpty ? nil : steps[head] }

    mutating func removeFirst() {
        head += 1
        isAnswered = false
        if head == steps.count {
            steps.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 4096 {
            steps.removeFirst(head)
            head = 0
        }
    }

    mutating func takeOutcome() -> Outcome {
        defer { current = Outcome() }
        return current
    }
}
