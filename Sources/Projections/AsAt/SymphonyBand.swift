import Admissions

/// The Symphony score of each person of a practice that counts: the latest found; of two of one day the one by form.
struct SymphonyBand {
    private var latest: [String: (score: Int64, day: String, byForm: Bool)] = [:]

    /// Takes in a score of a person; `day` is when it was found, `yyyy-mm-dd`.
    mutating func take(_ person: String, _ score: Int64, _ day: String?, byForm: Bool) {
        let day = day ?? ""
        if let known = latest[person], (known.day, known.byForm ? 1 : 0) >= (day, byForm ? 1 : 0) { return }
        latest[person] = (score, day, byForm)
    }

    /// Takes in what the practice's own list says of one who is on it.
    mutating func take(_ row: RegistrationRow) {
        guard row.isListed, let score = row.symphonyScore else { return }
        take(row.nhsNumber, Int64(score), row.symphonyScoredOn, byForm: false)
    }

    /// How many people have at least this score.
    func count(from least: Int) -> Int { latest.values.count { $0.score >= Int64(least) } }
}
