import NIOCore
import Synchronization

/// Runs the responders' tasks on the event loop of their connections, a batch at a time.
///
/// The first job that arrives schedules one round on the loop; the others that arrive before the round only join the
/// queue. A round runs the jobs in the order they came, then lets every connection that has answers ready write them:
/// one write and one flush a connection and round, however many answers a commit has released. Jobs made during a
/// round wait for the next, so sockets get their turn.
final class EventLoopExecutor: TaskExecutor {
    let eventLoop: any EventLoop
    private let queue = Mutex(Queue())
    private let flushes: NIOLoopBoundBox<[any AnswerWriter]>

    private struct Queue {
        var jobs: [UnownedJob] = []
        var spare: [UnownedJob] = []
        var isRoundScheduled = false
    }

    /// Something that gathers answers during a round and writes them at its end. Lives on the event loop.
    protocol AnswerWriter: AnyObject {
        func writeAnswers()
    }

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.flushes = .makeBoxSendingValue([], eventLoop: eventLoop)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustSchedule = queue.withLock { queue in
            queue.jobs.append(job)
            defer { queue.isRoundScheduled = true }
            return !queue.isRoundScheduled
        }
        if mustSchedule { eventLoop.execute { self.round() } }
    }

    /// Has `writer` write at the end of the round that is under way. Only for jobs of this executor.
    func writeAtEndOfRound(_ writer: any AnswerWriter) {
        flushes.value.append(writer)
    }

    private func round() {
        var jobs: [UnownedJob] = queue.withLock { queue in
            var jobs = queue.spare
            queue.spare = []
            swap(&jobs, &queue.jobs)
            return jobs
        }
        let executor = asUnownedTaskExecutor()
        for job in jobs { job.runSynchronously(on: executor) }
        write()

        jobs.removeAll(keepingCapacity: jobs.capacity <= 1024)
        let goesOn = queue.withLock { queue in
            queue.spare = jobs
            queue.isRoundScheduled = !queue.jobs.isEmpty
            return queue.isRoundScheduled
        }
        if goesOn { eventLoop.execute { self.round() } }
    }

    private func write() {
        guard !flushes.value.isEmpty else { return }
        var writers: [any AnswerWriter] = []
        swap(&writers, &flushes.value)
        for writer in writers { writer.writeAnswers() }
        guard flushes.value.isEmpty else { return }
        writers.removeAll(keepingCapacity: true)
        swap(&writers, &flushes.value)
    }
}
