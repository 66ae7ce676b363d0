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
/// Written to standard error, so that answers on standard output stay clean.
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
    private let started = ContinuousClock.now
    private let state: Mutex<State>

    init(_ label: String, total: Int?, unit: String, style: ProgressStyle) {
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
        let elapsed = max(seconds(ContinuousClock.now - started), 0.000_001)
        let rate = Double(done) / elapsed
        if style == .json {
            let share = total.map { ",\"total\":\($0)" } ?? ""
            return "{\"job\":\"\(label)\",\"done\":\(done)\(share),\"rate\":\(Int(rate)),\"finished\":\(isLast)}"
        }
        guard let total, total > 0 else {
            return "\(label)  \(grouped(done)) \(unit)  \(grouped(Int(rate)))/s"
        }
        let share = min(1, Double(done) / Double(total))
        let percent = "\(Int(share * 100))%"
        let left = isLast || rate < 0.001 ? "" : "  left \(spoken(Double(total - done) / rate))"
        let counts = "\(grouped(done))/\(grouped(total)) \(unit)  \(grouped(Int(rate)))/s\(left)"
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
