import Foundation
import Fuzzing
import Glibc

/// One run: so many executions or so many seconds, and what they came to.
struct FuzzRun {
    let seed: UInt64
    let first: UInt64
    let executions: UInt64
    let seconds: Double?
    let nanosecondsMax: UInt64
    let growthBytesMax: Int
    let folder: URL

    /// Memory is compared with what it was after so many executions, when caches and buffers have their size.
    private static let warmUp: UInt64 = 50_000
    /// How often time and memory are looked at.
    private static let pulse: UInt64 = 4_096

    private struct Slowest {
        var nanoseconds: UInt64 = 0
        var execution: UInt64 = 0
        var bytes = 0
    }

    func run(_ corpus: FuzzCorpus) throws {
        let current = try CurrentInput(
            path: folder.appending(path: "current-\(seed)").path, bytesMax: Mutator.bytesMax)
        let mutator = Mutator(corpus)
        var subject = FuzzSubject()
        var slowest = Slowest()
        var memory = ProcessCost.residentBytes
        let clock = ContinuousClock()
        let start = clock.now
        var told = start
        say("corpus \(corpus.messages) messages in \(corpus.files.count) files; seed \(seed), from \(first)")
        say("input at hand: \(current.path)")

        var execution = first
        while execution - first < executions {
            let input = mutator.input(seed: seed, execution: execution)
            current.note(input, seed: seed, execution: execution)
            let before = ProcessCost.processorNanoseconds
            do throws(FuzzFinding) {
                try subject.execute(input)
                let used = ProcessCost.processorNanoseconds - before
                if used > slowest.nanoseconds {
                    slowest = Slowest(nanoseconds: used, execution: execution, bytes: input.count)
                    save(input, as: "slowest-\(seed)")
                    if used > nanosecondsMax { throw FuzzFinding(.time, "\(used / 1_000_000) ms") }
                }
                if subject.isRoundOver { try subject.endRound() }
            } catch {
                save(input, as: "finding-\(seed)-\(execution)")
                throw FuzzFailure("seed \(seed), execution \(execution): \(error); input kept in \(folder.path)")
            }
            execution += 1
            guard (execution - first).isMultiple(of: Self.pulse) else { continue }
            if execution - first <= Self.warmUp { memory = ProcessCost.residentBytes }
            let now = clock.now
            if now - told > .seconds(10) {
                told = now
                say(line(execution - first, now - start))
            }
            if let seconds, now - start > .seconds(seconds) { break }
        }
        report(subject, execution - first, clock.now - start, slowest, memory)
        let growth = ProcessCost.residentBytes - memory
        if growth > growthBytesMax {
            throw FuzzFailure("\(FuzzFinding(.memory, "\(growth >> 20) MiB more than after the warm-up"))")
        }
        say("nothing found; seed \(seed)")
    }

    private func line(_ executions: UInt64, _ time: Duration) -> String {
        let seconds = max(Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18, 1e-9)
        return "\(executions) executions in \(Int(seconds)) s, \(Int(Double(executions) / seconds))/s, "
            + "\(ProcessCost.residentBytes >> 20) MiB"
    }

    private func report(
        _ subject: FuzzSubject, _ executions: UInt64, _ time: Duration, _ slowest: Slowest, _ memory: Int
    ) {
        say(line(executions, time))
        let tally = subject.tally
        let what = tally.byDisposition.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        say("no header \(tally.unparsed); \(what.joined(separator: ", ")); \(tally.events) events")
        say(
            "slowest: execution \(slowest.execution), \(slowest.bytes) bytes, \(slowest.nanoseconds / 1_000) µs,"
                + " kept as \(folder.appending(path: "slowest-\(seed)").path)")
        say("memory: \(memory >> 20) MiB after the warm-up, \(ProcessCost.residentBytes >> 20) MiB now")
    }

    /// Prints a line at once, so that it is seen though a trap ends us.
    private func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    private func save(_ input: [UInt8], as name: String) {
        try? Data(input).write(to: folder.appending(path: name))
    }
}
