/// A distribution given by its quantiles, read by straight lines between them.
///
/// `values` are the quantiles at `marks` (ascending, from 0 to 1). No logarithm is needed to draw from a long tail,
/// and the tables below can be held against published ones by eye.
struct QuantileTable: Sendable {
    private let marks: [Double]
    private let values: [Double]

    /// A table of (mark, value) points, ascending, the first mark 0 and the last 1.
    init(_ points: [(mark: Double, value: Double)]) {
        marks = points.map(\.mark)
        values = points.map(\.value)
    }

    /// The value below which the share `mark` (0…1) of all draws lies.
    func value(at mark: Double) -> Double {
        guard let upper = marks.firstIndex(where: { $0 > mark }), upper > 0 else { return values.last ?? 0 }
        let lower = upper - 1
        let share = (mark - marks[lower]) / (marks[upper] - marks[lower])
        return values[lower] + share * (values[upper] - values[lower])
    }

    /// The mean of all draws: the area under the lines.
    var mean: Double {
        var sum = 0.0
        for upper in marks.indices.dropFirst() {
            sum += (marks[upper] - marks[upper - 1]) * (values[upper] + values[upper - 1]) / 2
        }
        return sum
    }
}
