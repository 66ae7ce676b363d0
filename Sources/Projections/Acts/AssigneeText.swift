package import Admissions

/// Who is to do something, as a column holds it: `person:kay`, `role:practice-coach`.
package enum AssigneeText {
    static func of(_ assignee: Assignee) -> String {
        switch assignee {
        case .person(let name): "person:" + name
        case .role(let role): "role:" + role.rawValue
        }
    }

    /// Reads what `of` gives; `nil` for anything else.
    package static func read(_ text: String) -> Assignee? {
        if text.hasPrefix("person:") { return .person(String(text.dropFirst("person:".count))) }
        guard text.hasPrefix("role:") else { return nil }
        return StaffRole(rawValue: String(text.dropFirst("role:".count))).map { .role($0) }
    }
}
