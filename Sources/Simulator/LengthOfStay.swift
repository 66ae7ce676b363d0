/// How long patients stay, in minutes, by kind of stay and age.
///
/// Quantiles shaped after published English figures: half of the emergency stays end within two days, one in twenty
/// lasts three weeks, and the tail fills a good part of the beds.
enum LengthOfStay {
    static func table(_ kind: Stay.Kind, years: Int) -> QuantileTable {
        switch kind {
        case .attendance: attendance
        case .emergency:
            switch years {
            case ..<18: child
            case ..<50: adult
            case ..<65: middle
            case ..<80: older
            default: oldest
            }
        case .elective: elective
        case .dayCase: dayCase
        case .community: community
        }
    }

    private static func hours(_ points: (Double, Double)...) -> QuantileTable {
        QuantileTable(points.map { ($0.0, $0.1 * 60) })
    }

    private static func days(_ points: (Double, Double)...) -> QuantileTable {
        QuantileTable(points.map { ($0.0, $0.1 * 1440) })
    }

    private static let attendance = hours(
        (0, 0.4), (0.1, 1.2), (0.3, 2.2), (0.5, 3.2), (0.75, 4.3), (0.9, 6.8), (0.98, 12), (1, 20))
    private static let dayCase = hours((0, 2.5), (0.2, 3.5), (0.5, 5), (0.8, 6.5), (1, 9.5))
    private static let elective = days((0, 0.8), (0.3, 1), (0.6, 1.8), (0.85, 3.5), (0.95, 6), (0.99, 13), (1, 30))
    private static let child = days((0, 0.15), (0.5, 0.7), (0.8, 1.6), (0.95, 4), (1, 14))
    private static let adult = days((0, 0.2), (0.4, 0.7), (0.7, 1.7), (0.9, 4.5), (0.98, 11), (1, 40))
    private static let middle = days((0, 0.25), (0.35, 0.8), (0.6, 2), (0.85, 5.5), (0.96, 13), (1, 50))
    private static let older = days((0, 0.25), (0.3, 1), (0.55, 2.6), (0.8, 6.2), (0.93, 14), (0.99, 34), (1, 80))
    private static let oldest = days((0, 0.3), (0.25, 1.3), (0.5, 3.4), (0.75, 7.6), (0.9, 15.5), (0.985, 36), (1, 90))
    private static let community = days((0, 3), (0.2, 9), (0.5, 18), (0.8, 30), (0.95, 50), (1, 100))
}
