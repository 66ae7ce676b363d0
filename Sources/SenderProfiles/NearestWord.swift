/// Finds what somebody meant by a word that is not known.
enum NearestWord {
    /// The known word that differs least, if no more than a third of the letters differ.
    static func to(_ word: String, among known: [String]) -> String? {
        let rated = known.map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
        guard let best = rated.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, best.word.count / 3) ? best.word : nil
    }

    /// How many letters are to be put in, left out or changed (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        var row = Array(0...right.count)
        for (place, letter) in left.enumerated() {
            var corner = row[0]
            row[0] = place + 1
            for column in right.indices {
                let changed = corner + (letter == right[column] ? 0 : 1)
                corner = row[column + 1]
                row[column + 1] = min(changed, corner + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
