import Admissions

/// Local identifiers as they are shown to somebody who need not know them.
enum IdentityMask {
    /// `RH5|•••34`: of a short number nothing is left to see.
    static func shown(_ key: PatientKey) -> String {
        let text = MaskedMessage.printable(key.rawValue)
        let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? parts[1] : ""
        return "\(parts.first ?? "")|\(MaskedMessage.mask)\(value.count >= 6 ? value.suffix(2) : "")"
    }
}
