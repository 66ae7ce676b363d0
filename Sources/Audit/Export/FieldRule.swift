/// What becomes of a field in an export without identifiers.
///
/// A field that no rule names is left out, so what is added to an event or a view later says nothing until somebody has
/// thought about it.
package enum FieldRule: Sendable, Hashable {
    /// Numbers, and `true` and `false`.
    case number
    /// A word of our own or of a data dictionary: at most 40 letters, digits, dots, colons, hyphens, underscores, and no
    /// five digits in a row, but for an ODS code of six characters; anything else is left out.
    case code
    /// A code of a message: as `code`, and at most four characters, since a hospital may send anything.
    case shortCode
    /// A time or a day; what is none is left out. Of a moment with a precision its text is left out.
    case time
    /// The year alone of a time or a day.
    case year
    /// The same word for the same value throughout one export, and another in the next.
    case pseudonym
    /// As `pseudonym` behind the part that says what kind of stream it is.
    case stream
    /// A UUID of ours.
    case uuid
    /// An object, or an array of objects, with these fields.
    indirect case object([String: FieldRule])

    /// One word for a table of the rules.
    package var word: String {
        switch self {
        case .number: "kept (number)"
        case .code: "kept (code)"
        case .shortCode: "kept (code of 4 characters at most)"
        case .time: "kept (time)"
        case .year: "year alone"
        case .pseudonym: "pseudonym"
        case .stream: "kind kept, rest a pseudonym"
        case .uuid: "kept (UUID)"
        case .object: "its fields"
        }
    }
}

/// The rules for all that can be exported, field by field: this is their documentation, and `primary-conect export fields`
/// prints it.
package enum FieldRules {
    private static let moment: FieldRule = .time
    private static let identifier: FieldRule = .object(["issuer": .code, "type": .shortCode, "value": .pseudonym])

    /// Of a payload: names, addresses, telephone numbers, GPs, consultants, wards, beds, reasons, notes, evidence and all
    /// other text are left out.
    static let payload: [String: FieldRule] = [
        "about": .number, "by": .pseudonym, "flags": .code, "happened": moment, "occurred": .code,
        "telling": .object([
            "control": .pseudonym, "recorded": moment, "sender": .pseudonym, "sent": moment, "trigger": .code,
        ]),
        "patient": .object([
            "born": .year, "deceased": .number, "died": .year, "gender": .code, "ids": identifier, "local": identifier,
            "nhs": .pseudonym, "nhsStatus": .shortCode, "practice": .code, "restricted": .number,
        ]),
        "encounter": .object([
            "admitted": moment, "arrivalMode": .shortCode, "class": .code, "destination": .shortCode,
            "dischargeMethod": .shortCode, "discharged": moment, "disposal": .shortCode, "disposition": .shortCode,
            "issuer": .code, "medicallyFit": .number, "method": .shortCode, "number": .pseudonym,
            "readyForDischarge": moment, "source": .shortCode, "specialty": .shortCode,
            "location": .object(["site": .code]), "priorLocation": .object(["site": .code]),
        ]),
        "prior": .object([
            "encounter": .object(["issuer": .code, "number": .pseudonym]), "ids": identifier,
            "identifiers": identifier, "nhs": .pseudonym,
        ]),
        "nhs": .pseudonym, "kind": .code, "state": .code, "score": .number, "listed": .number, "rows": .number,
        "joined": .number, "left": .number, "changed": .number, "held": .number, "notDiscussed": .number,
        "last_heard": .time, "usual_seconds": .number, "feed": .code,
    ]

    package static let event: [String: FieldRule] = [
        "log": .code, "position": .number, "stream": .stream, "type": .code, "recorded_at": .time, "occurred_at": .time,
        "message_position": .number, "payload": .object(payload),
    ]

    package static let message: [String: FieldRule] = [
        "log": .code, "position": .number, "recorded_at": .time, "event_count": .number, "control_id": .pseudonym,
        "control_id_reused": .number, "sender": .pseudonym, "trigger": .code, "disposition": .code,
        "answer": .shortCode, "byte_count": .number,
    ]

    package static let access: [String: FieldRule] = [
        "at": .time, "client": .pseudonym, "count": .number, "denial": .code, "id": .uuid, "kind": .code,
        "organisation": .code, "patient_refs": .pseudonym, "patients": .number, "practice": .code,
        "reviewed": .number, "role": .code, "subject": .pseudonym,
    ]

    package static let views: [String: [String: FieldRule]] = [
        "encounter": [
            "practice": .code, "hospital": .code, "encounter_ref": .pseudonym, "version": .number,
            "patient_ref": .pseudonym, "nhs_number": .pseudonym, "local_number": .pseudonym, "born": .year,
            "gender": .code, "is_deceased": .number, "died_at": .year, "restricted": .number, "class": .code,
            "status": .code, "is_attendance": .number, "is_inferred": .number, "started_at": .time,
            "admitted_at": .time, "admitted_precision": .code, "admitted_ambiguous": .number, "admitted_told_at": .time,
            "admission_method": .shortCode, "admission_source": .shortCode, "arrived_at": .time,
            "arrived_precision": .code, "arrived_ambiguous": .number, "arrived_told_at": .time,
            "arrival_mode": .shortCode, "ended_at": .time, "discharged_at": .time, "discharged_precision": .code,
            "discharged_ambiguous": .number, "discharged_told_at": .time, "discharge_method": .shortCode,
            "discharge_destination": .shortCode, "disposal": .shortCode, "site": .code, "specialty": .shortCode,
            "medically_fit": .number, "ready_at": .time, "first_told_at": .time, "last_told_at": .time, "flags": .code,
            "linked_ref": .pseudonym, "shown_since": .time, "withdrawn_at": .time, "withdrawn_reason": .code,
            "sensitivity": .code, "death_told_at": .time, "former_refs": .pseudonym,
        ],
        "registration": [
            "practice": .code, "nhs_number": .pseudonym, "is_listed": .number, "listed_from": .time, "left_on": .time,
            "born": .year, "symphony_score": .number, "symphony_scored_on": .time, "on_caseload": .number,
            "consented": .number, "fopas_concern": .number, "reviewed_on": .time, "review_due_on": .time,
        ],
        "concern": [
            "practice": .code, "concern_id": .pseudonym, "hospital": .code, "patient_ref": .pseudonym, "kind": .code,
            "state": .code, "raised_at": .time, "raised_by": .pseudonym, "review_on": .time, "closed_at": .time,
            "closed_by": .pseudonym, "version": .number,
        ],
        "discussion": [
            "practice": .code, "huddle_day": .time, "patient_ref": .pseudonym, "hospital": .code,
            "discussed_at": .time, "discussed_by": .pseudonym, "version": .number,
        ],
        "huddle": [
            "practice": .code, "day": .time, "closed_at": .time, "closed_by": .pseudonym, "not_discussed": .number,
            "version": .number,
        ],
        "action": [
            "practice": .code, "action_id": .pseudonym, "hospital": .code, "patient_ref": .pseudonym, "kind": .code,
            "due": .time, "state": .code, "added_at": .time, "added_by": .pseudonym, "completed_at": .time,
            "completed_by": .pseudonym, "version": .number,
        ],
        "symphony": [
            "practice": .code, "patient_ref": .pseudonym, "hospital": .code, "score": .number, "scored_on": .time,
            "scored_by": .pseudonym, "scored_at": .time, "version": .number,
        ],
        "onboarding_case": [
            "hospital": .code, "case_id": .pseudonym, "practice": .code, "patient_ref": .pseudonym,
            "encounter_ref": .pseudonym, "state": .code, "board": .code, "since": .time, "opened_at": .time,
            "version": .number, "round": .number, "next_step": .code, "hospital_section": .code, "care_section": .code,
            "priority": .code, "due_on": .time, "left_at": .time, "visit_at": .time, "deferred_until": .time,
            "declined_until": .time, "is_inpatient": .number, "is_consented": .number, "restricted": .number,
        ],
        "feed": [
            "hospital": .code, "feed": .code, "last_heard_at": .time, "position": .number, "messages": .number,
            "hour_longest": .number, "silence_told_at": .time,
        ],
    ]

    /// All rules by where they hold: the kind of export or the view, and the path of the field.
    package static var table: [(place: String, field: String, rule: String)] {
        var table: [(place: String, field: String, rule: String)] = []
        func add(_ place: String, _ prefix: String, _ rules: [String: FieldRule]) {
            for (name, rule) in rules.sorted(by: { $0.key < $1.key }) {
                table.append((place, prefix + name, rule.word))
                if case .object(let inner) = rule { add(place, prefix + name + ".", inner) }
            }
        }
        add("access", "", access)
        add("events", "", event)
        add("messages", "", message)
        for (view, rules) in views.sorted(by: { $0.key < $1.key }) { add("views/\(view)", "", rules) }
        return table
    }
}
