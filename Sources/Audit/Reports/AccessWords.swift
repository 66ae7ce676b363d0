import Admissions
package import EventSourcing

/// Access records in words that a patient understands, by the NHS service manual: short, plain, no codes.
package enum AccessWords {
    /// Columns of the report for tables and spreadsheets.
    package static let columns = [
        "when", "practice", "kind", "who", "role", "client", "organisation", "what", "purpose", "reason", "denial",
        "patients", "patient_refs", "times", "reviewed", "request_id",
    ]

    /// The values behind `columns`; times in UTC.
    package static func values(_ line: AccessLine) -> [String] {
        [
            line.at.iso8601, line.practice, line.kind.rawValue, line.subject, line.role, line.client,
            line.organisation ?? "", line.route, line.purpose, line.reason ?? "", line.denial ?? "",
            String(line.patients), line.refs.joined(separator: " "), String(line.count),
            line.isReviewed.map { $0 ? "yes" : "no" } ?? "", line.requestID,
        ]
    }

    /// What somebody did.
    package static func deed(_ line: AccessLine) -> String {
        switch line.kind {
        case .denial: "Asked to see \(object(line.route)), and was refused"
        case .poll: "Asked whether anything was new in \(object(line.route)): it was not, and nothing was shown"
        case .grant: "Opened the practice's records for a limited time"
        case .reveal: "Saw where a patient with a restricted record was"
        case .look, .breakGlass: "Saw \(object(line.route))"
        }
    }

    /// What a route shows.
    private static func object(_ route: String) -> String {
        if let object = objects[route] { return object }
        if let list = route.split(separator: "/").last, route.hasPrefix("lists/") { return "the list “\(list)”" }
        if route.hasPrefix("roster") { return "the practice's list of patients" }
        if route.hasPrefix("export/") { return "an export of records" }
        if route.hasPrefix("audit") || route.hasPrefix("fhir/audit") { return "who had looked at records" }
        return "“\(route)”"
    }

    private static let objects = [
        "lists/in-hospital": "the list of patients in hospital",
        "lists/admissions": "the list of patients admitted to hospital",
        "lists/discharges": "the list of patients who left hospital",
        "lists/attendances": "the list of patients who came to A&E",
        "lists/deaths": "the list of deaths",
        "lists/huddle": "the list for the practice's team meeting",
        "huddles": "the list for the practice's team meeting",
        "patients": "one patient's page", "fhir/patients": "one patient's page",
        "patients/timeline": "what happened to one patient",
        "patients/match": "whether a patient is known, by NHS number",
        "fhir/patients/search": "whether a patient is known, by NHS number",
        "patients/reveal": "where a patient with a restricted record was",
        "encounters": "one hospital stay", "fhir/encounters": "one hospital stay",
        "fhir/encounters/search": "a list of hospital stays",
        "changes": "what changed since the last time", "stream": "what changed since the last time",
        "concerns": "concerns that staff had raised", "actions": "what staff had agreed to do",
        "hospitals/inpatients": "the list of patients in that hospital",
    ]

    /// Why somebody looked.
    package static func why(_ line: AccessLine) -> String {
        let reason = line.reason.map { ": “\($0)”" } ?? ""
        return switch line.purpose {
        case "direct-care": "For a patient's care"
        case "break-glass": "Outside their own practice, for a reason they had to give\(reason)"
        case "reveal": "For a reason they had to give\(reason)"
        case "audit": "To check who looked at records\(reason)"
        default: line.purpose
        }
    }

    /// What somebody is.
    package static func role(_ code: String) -> String {
        switch code {
        case "practice-clinician": "Doctor or nurse of the practice"
        case "practice-coach": "Health coach of the practice"
        case "practice-admin": "Office staff of the practice"
        case "hospital-onboarding": "Hospital staff who plan care after discharge"
        case "complex-care": "Complex care team"
        case "auditor": "Auditor"
        case "operator": "Technical operator"
        case "integration": "Computer system of the practice"
        default: code
        }
    }

    /// How many patients an answer showed, with the reader among them where the report is theirs.
    package static func company(_ line: AccessLine, ofOnePatient: Bool) -> String {
        guard ofOnePatient else { return line.patients == 0 ? "No patient" : "\(line.patients)" }
        return line.patients <= 1 ? "You alone" : "You and \(line.patients - 1) other\(line.patients == 2 ? "" : "s")"
    }

    /// `03-Mar-2026 08:02:04 GMT`, as the clock in London showed it.
    package static func time(_ instant: Instant) -> String {
        let offset = LondonCalendar.offsetMinutes(at: instant)
        let wall = Array(Instant(microseconds: instant.microseconds + Int64(offset) * 60_000_000).iso8601.utf8)
        guard wall.count >= 19 else { return instant.iso8601 }
        func text(_ range: Range<Int>) -> String { String(decoding: wall[range], as: UTF8.self) }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = months[(Int(text(5..<7)) ?? 1) - 1]
        return "\(text(8..<10))-\(month)-\(text(0..<4)) \(text(11..<19)) \(offset == 0 ? "GMT" : "BST")"
    }
}
