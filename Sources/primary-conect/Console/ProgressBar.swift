import ArgumentParser
import Synchronization

/// How a long job tells how far it is.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
    /// A bar on a terminal, lines elsewhere.
    case auto
    /// A line each 10 %.
    case plain
    /// One JSON object a line each 10 %.
    case json
    case none
}

/// A bar with rate and time left on a terminal; a line each 10 %, or each 10 s where the end is not known, elsewhere.
///
/// The rate is of what was done since the job began, and time left goes by it; before the first second is over neither
/// means anything, and neither is told. Written to standard error, so that answers on standard output stay clean.
final class ProgressBar: Sendable {
    private struct State {
        var done = 0
        var toldTenths = 0
        var toldAt: ContinuousClock.Instant
        var isFinished = false
    }

    private let label: String
    private let total: Int?
    private let style: ProgressStyle
    private let unit: String
    private let before: Int
    private let started: ContinuousClock.Instant
    private let state: Mutex<State>

    /// A rate of less is an accident of the first chunk.
    private static let rateAfterSeconds = 1.0

    /// - Parameters:
    ///   - before: what had been done when the job began, which counts in no rate.
    ///   - started: when the job began.
    init(
        _ label: String, total: Int?, unit: String, style: ProgressStyle, before: Int = 0,
        started: ContinuousClock.Instant = .now
    ) {
        self.before = before
        self.started = started
        self.label = label
        self.total = total
        self.unit = unit
        self.style = style == .auto ? (Console.errorIsTerminal ? .auto : .plain) : style
        state = Mutex(State(toldAt: started))
    }

    func advance(by count: Int = 1) { tell { $0.done += count } }
    func advance(to done: Int) { tell { $0.done = max($0.done, done) } }

    /// Says the last word; nothing is told after it.
    func finish() {
        let line: String? = state.withLock { state in
            guard !state.isFinished else { return nil }
            state.isFinished = true
            return describe(state.done, isLast: true)
        }
        guard let line, style != .none else { return }
        style == .auto ? Console.errorRaw("\r\u{1B}[K\(line)\n") : Console.error(line)
    }

    private func tell(_ change: (inout State) -> Void) {
        guard style != .none else { return }
        let line: String? = state.withLock { state in
            guard !state.isFinished else { return nil }
            change(&state)
            let now = ContinuousClock.now
            if style == .auto {
                guard now - state.toldAt >= .milliseconds(100) else { return nil }
                state.toldAt = now
                return describe(state.done, isLast: false)
            }
            if let total, total > 0 {
                let tenths = state.done * 10 / total
                guard tenths > state.toldTenths, tenths < 10 else { return nil }
                state.toldTenths = tenths
            } else {
                guard now - state.toldAt >= .seconds(10) else { return nil }
                state.toldAt = now
            }
            return describe(state.done, isLast: false)
        }
        guard let line else { return }
        style == .auto ? Console.errorRaw("\r\u{1B}[K\(line)") : Console.error(line)
    }

    private func describe(_ done: Int, isLast: Bool) -> String {
        let elapsed = seconds(ContinuousClock.now - started)
        let rate = Double(max(0, done - before)) / max(elapsed, Self.rateAfterSeconds)
        let rateText = elapsed < Self.rateAfterSeconds ? "" : "  \(grouped(Int(rate)))/s"
        if style == .json {
            let share = total.map { ",\"total\":\($0)" } ?? ""
            return "{\"job\":\"\(label)\",\"done\":\(done)\(share),\"rate\":\(Int(rate)),\"finished\":\(isLast)}"
        }
        guard let total, total > 0 else {
            return "\(label)  \(grouped(done)) \(unit)\(rateText)"
        }
        let share = min(1, Double(done) / Double(total))
        let percent = "\(Int(share * 100))%"
        let left = isLast || rateText.isEmpty || rate < 0.001 ? "" : "  left \(spoken(Double(total - done) / rate))"
        let counts = "\(grouped(done))/\(grouped(total)) \(unit)\(rateText)\(left)"
        guard style == .auto else { return "\(label)  \(percent)  \(counts)" }
        let full = Int(share * 20)
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 20 - full)
        return "\(label)  \(bar)  \(percent)  \(counts)"
    }
}

/// A duration in seconds.
func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) / 1e18
}

/// Digits in threes: 1,284,311.
func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(abs(number)).reversed().enumerated() {
        if index > 0, index % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return (number < 0 ? "-" : "") + String(text.reversed())
}

/// Seconds as people say them: 4s, 3min 20s, 2hr 5min.
func spoken(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)min \(whole % 60)s" }
    return "\(whole / 3600)hr \(whole % 3600 / 60)min"
}
