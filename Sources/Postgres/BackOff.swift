/// How long to wait before the next attempt to connect.
///
/// Doubles from `delayMin` to `delayMax`, each time shortened at random by up to half, so that many clients do not come
/// back together.
struct BackOff: Sendable {
    static let delayMin: Duration = .milliseconds(50)
    static let delayMax: Duration = .seconds(5)

    /// Attempts that have failed in a row.
    private(set) var failures = 0

    /// The delay after one more failure; `fraction` is the random part, 0 to 1.
    mutating func fail(fraction: Double = .random(in: 0...1)) -> Duration {
        let doublings = min(failures, 10)
        failures += 1
        let delay = min(Self.delayMin * (1 << doublings), Self.delayMax)
        return delay * (1 - fraction / 2)
    }

    mutating func succeed() {
        failures = 0
    }
}
