package import Admissions
package import EventSourcing

extension LogName {
    /// The practice that tells the log; `nil` for the log of a hospital.
    package var practice: ODSPracticeCode? {
        guard let code = ODSPracticeCode(rawValue), code.rawValue == rawValue else { return nil }
        return code
    }

    /// The log that a practice tells; every code of a practice names one.
    package init?(_ practice: ODSPracticeCode) {
        self.init(practice.rawValue)
    }
}
