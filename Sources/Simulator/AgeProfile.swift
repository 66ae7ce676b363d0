/// How old the district is, and how age weighs on who comes to hospital.
enum AgeProfile {
    /// Ages in days by share of the population, youngest first: five-year bands, 25.4 % at 65 or over.
    static let days: QuantileTable = {
        let shares = [
            4.6, 5.3, 5.6, 5.2, 4.7, 5.2, 5.5, 5.2, 5.3, 6.2, 7.4, 7.6, 6.8,  // to 65
            6.2, 6.7, 5.1, 3.7, 2.3, 1.1, 0.25, 0.05,
        ]
        var sum = 0.0
        var points = [(mark: 0.0, value: 0.0)]
        for (band, share) in shares.enumerated() {
            sum += share
            points.append((min(1, sum / 100), Double(band + 1) * 5 * 365.25))
        }
        points[points.count - 1].mark = 1
        return QuantileTable(points)
    }()

    /// How often someone of this age comes to A&E; 1 is usual.
    static func emergencyWeight(_ years: Int) -> Double {
        switch years {
        case ..<5: 1.5
        case ..<18: 0.9
        case ..<30: 1.1
        case ..<65: 0.8
        case ..<75: 1.0
        case ..<85: 1.7
        default: 2.8
        }
    }

    /// How often someone of this age is admitted for planned care.
    static func plannedWeight(_ years: Int) -> Double {
        switch years {
        case ..<18: 0.3
        case ..<40: 0.6
        case ..<60: 1.1
        case ..<80: 2.0
        default: 1.2
        }
    }

    /// The probability that an A&E attendance at this age ends in a bed.
    static func admissionProbability(_ years: Int) -> Double {
        switch years {
        case ..<18: 0.12
        case ..<50: 0.17
        case ..<65: 0.28
        case ..<80: 0.44
        default: 0.58
        }
    }

    /// The probability that an emergency stay at this age ends in death.
    static func deathProbability(_ years: Int) -> Double {
        switch years {
        case ..<50: 0.001
        case ..<65: 0.01
        case ..<80: 0.03
        default: 0.07
        }
    }
}
