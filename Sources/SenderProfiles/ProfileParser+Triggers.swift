import ADT

/// What trigger events mean here.
extension ProfileParser {
    mutating func readTriggers(_ entry: ProfileNode.Entry) {
        var told: Set<String> = []
        var allowed: Set<String>?
        for item in map(entry) {
            if item.key == "allowed" {
                allowed = []
                for trigger in list(item) {
                    if let code = trigger.text?.uppercased(), Self.isTrigger(code) {
                        allowed?.insert(code)
                    } else {
                        reportTrigger(trigger.place, trigger.text ?? "")
                    }
                }
                continue
            }
            let code = item.key.uppercased()
            guard Self.isTrigger(code) else {
                reportTrigger(item.place, item.key)
                continue
            }
            guard let meaning = text(item) else { continue }
            told.insert(code)
            if meaning == "ignore" {
                profile.triggers.updateValue(nil, forKey: code)
            } else if meaning.uppercased() == code {
                profile.triggers.removeValue(forKey: code)
            } else if Self.known.contains(meaning.uppercased()) {
                profile.triggers.updateValue(meaning.uppercased(), forKey: code)
            } else {
                report(
                    item.value.place, .badTrigger,
                    "'\(ProfileTree.shown(meaning))' is no trigger event; write one of A01 to A62, or 'ignore'.")
            }
        }
        guard let allowed else { return }
        for code in Self.known where !told.contains(code) {
            if !allowed.contains(code) {
                profile.triggers.updateValue(nil, forKey: code)
            } else if case .some(.none) = profile.triggers[code] {
                profile.triggers.removeValue(forKey: code)
            }
        }
    }

    /// The trigger events of HL7 v2 chapter 3.
    private static let known: [String] = (1...62).map { ($0 < 10 ? "A0" : "A") + String($0) }

    private static func isTrigger(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        return bytes.count == 3 && bytes[0] == UInt8(ascii: "A")
            && bytes[1...].allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private mutating func reportTrigger(_ place: ProfileNode.Place, _ told: String) {
        report(
            place, .badTrigger,
            "'\(ProfileTree.shown(told))' is no trigger event; write A and two digits, as A04, or 'allowed'.")
    }
}
