import ADT
import Foundation
import SenderProfiles

/// What a profile reads from messages, for people and for scripts: codes and counts, nobody's data.
struct ProfileReport {
    private let profile: SenderProfileFile
    private let survey: ReadingSurvey?

    init(_ profile: SenderProfileFile, survey: ReadingSurvey?) {
        self.profile = profile
        self.survey = survey
    }

    // MARK: For people

    var text: String {
        guard let survey else { return "" }
        var fields = Table("FIELD", "NEEDED", "READ", "LACK", numeric: [1, 2, 3])
        for field in ReadingSurvey.Field.allCases where survey[field].needed > 0 {
            let tally = survey[field]
            fields.add(field.rawValue, grouped(tally.needed), grouped(tally.found), percent(tally.lackingPercent) + "%")
        }
        var parts = [
            "\(grouped(survey.messages)) messages, \(grouped(survey.read)) read by \(profile.name)", fields.text,
        ]
        var codes = Table("FIELD", "CODE", "MEANS", "TIMES", numeric: [3])
        for field in ReadingSurvey.Field.allCases {
            for (code, count) in sorted(survey[field].codes) {
                codes.add(field.rawValue, code.value, code.meaning ?? "NOT KNOWN", grouped(count))
            }
        }
        if !codes.rows.isEmpty { parts.append(codes.text) }
        var rest = Table("MESSAGES", "WHY", "TIMES", numeric: [2])
        for (name, reasons) in outcomes(survey) {
            for (reason, count) in sorted(reasons) { rest.add(name, reason, grouped(count)) }
        }
        if !rest.rows.isEmpty { parts.append(rest.text) }
        return parts.joined(separator: "\n\n")
    }

    // MARK: For scripts

    var json: String {
        var json = "{\"schema\":\"profile-check/1\",\"valid\":true,\"profile\":\(jsonText(profile.name))"
        if let survey {
            let fields = ReadingSurvey.Field.allCases.filter { survey[$0].needed > 0 }.map { field in
                let tally = survey[field]
                let codes = sorted(tally.codes).map { code, count in
                    "{\"code\":\(jsonText(code.value)),\"meaning\":\(code.meaning.map(jsonText) ?? "null")"
                        + ",\"count\":\(count)}"
                }
                return "{\"field\":\(jsonText(field.rawValue)),\"needed\":\(tally.needed),\"read\":\(tally.found)"
                    + ",\"lacking_percent\":\(percent(tally.lackingPercent))"
                    + ",\"codes\":[\(codes.joined(separator: ","))]}"
            }
            json +=
                ",\"messages\":\(survey.messages),\"read\":\(survey.read),\"fields\":[\(fields.joined(separator: ","))]"
            for (name, reasons) in outcomes(survey) {
                let items = sorted(reasons).map { "{\"reason\":\(jsonText($0)),\"count\":\($1)}" }
                json += ",\"\(name)\":[\(items.joined(separator: ","))]"
            }
        }
        return json + "}"
    }

    private func outcomes(_ survey: ReadingSurvey) -> [(String, [String: Int])] {
        [
            ("quarantined", survey.quarantined), ("refused", survey.refused), ("kept", survey.kept),
            ("flagged", survey.flags),
        ]
    }

    /// The most frequent first, of equally frequent ones by the alphabet.
    private func sorted<Key>(_ counts: [Key: Int], by text: (Key) -> String) -> [(Key, Int)] {
        counts.map { ($0.key, $0.value) }.sorted { ($1.1, text($0.0)) < ($0.1, text($1.0)) }
    }

    private func sorted(_ counts: [String: Int]) -> [(String, Int)] { sorted(counts) { $0 } }

    private func sorted(_ codes: [ReadingSurvey.Code: Int]) -> [(ReadingSurvey.Code, Int)] {
        sorted(codes) { $0.value + " " + ($0.meaning ?? "") }
    }

    /// With one digit behind the point.
    private func percent(_ share: Double) -> String {
        let tenths = Int((share * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
