import Glibc

/// Takes figures: repeats each work for a while, and counts processor time, so that what else runs disturbs little.
struct Stopwatch {
    let repeats: Int
    let nanosecondsMin: UInt64

    /// Measures what is done with each of the messages.
    func measure(_ key: String, _ name: String, _ messages: [[UInt8]], _ work: ([UInt8]) -> Int) -> Figure {
        measure(key, name, messages.count) { messages.reduce(0) { $0 &+ work($1) } }
    }

    /// Measures a work that does `count` things.
    func measure(_ key: String, _ name: String, _ count: Int, _ work: () -> Int) -> Figure {
        var result = work()
        var rates: [Double] = []
        for _ in 0..<repeats {
            let start = Self.nanoseconds
            var done = 0
            repeat {
                result &+= work()
                done += count
            } while Self.nanoseconds - start < nanosecondsMin
            rates.append(Double(done) * 1e9 / Double(Self.nanoseconds - start))
        }
        return Figure(key: key, name: name, rates: rates.sorted(), result: result)
    }

    /// Processor time of this thread.
    private static var nanoseconds: UInt64 {
        var time = timespec()
        guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return 0 }
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// How many of something a second: the repeats, ascending.
struct Figure {
    let key: String
    let name: String
    let rates: [Double]
    /// What the works gave, added up: shown, so that they must be done.
    let result: Int

    private var median: Double { rates[rates.count / 2] }

    var row: String {
        let name = name + String(repeating: " ", count: max(1, 42 - name.count))
        return "\(name)\(Int(median))/s, \(Int(1e9 / median)) ns  (\(Int(rates[0])) to \(Int(rates[rates.count - 1])))"
    }

    static func json(_ figures: [Figure]) -> String {
        let parts = figures.map { figure in
            let (least, most) = (Int(figure.rates[0]), Int(figure.rates[figure.rates.count - 1]))
            return #""\#(figure.key)":{"max":\#(most),"median":\#(Int(figure.median)),"min":\#(least)}"#
        }
        return "{" + parts.joined(separator: ",") + "}"
    }
}
