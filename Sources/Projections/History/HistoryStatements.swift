import Admissions
import EventLog
import EventSourcing
import Postgres

/// The statements of a history, and what their rows say. Each works within an access record alone.
enum HistoryStatements {
    /// Opens the record from the auditor's own login; gives the columns of `OpenedAccess`.
    static func openAsAuditor(_ access: AccessRequest) -> SQL {
        """
        select '', opened from audit.open_auditor_access(\(access.practice), \(access.subject), \(access.purpose), \
        \(access.route), \(access.requestID)) opened
        """
    }

    static func events(_ subject: HistorySubject, most: Int) -> SQL {
        let (ref, log, stream): (String?, String?, String?) =
            switch subject {
            case .ref(let ref): (ref, nil, nil)
            case .stream(let log, let stream): (nil, log.rawValue, stream.rawValue)
            }
        return """
            select h.log, h.position, h.stream, h.type, h.payload, h.occurred_at, h.recorded_at, h.message_position, \
                   h.sender, h.control_id, h.trigger, h.received_from
            from event_log.history_events(\(ref as String?), \(log as String?), \(stream as String?), \
                \(Int64(most))::integer) h
            """
    }

    static func told(_ row: PostgresRow, reach: HistoryReach) throws -> HistoryFold.Told {
        var columns = ColumnReader(row)
        let log: LogName = try columns.next()
        let (position, stream): (Position, StreamName) = (try columns.next(), try columns.next())
        let type: String = try columns.next()
        let payload: String? = try columns.next()
        let event = RecordedEvent(
            log: log, position: position, stream: stream, type: type, payload: Array((payload ?? "").utf8),
            occurredAt: try columns.next(), recordedAt: try columns.next(), message: try columns.next())
        let (sender, controlID): (String?, String?) = (try columns.next(), try columns.next())
        let (trigger, receivedFrom): (String?, String?) = (try columns.next(), try columns.next())
        let source = event.message.flatMap { message in
            trigger.map { trigger in
                HistorySource(
                    position: message, trigger: trigger, controlID: controlID ?? "",
                    sender: reach.hidesPlace ? nil : sender, receivedFrom: reach.practice == nil ? receivedFrom : nil)
            }
        }
        return HistoryFold.Told(event: event, source: source, isErased: event.isRedacted)
    }

    static func rows(of log: LogName, _ encounters: [EncounterKey]) -> SQL {
        let keys = encounters.map { StateKey($0).rawValue }
        return """
            select r.practice, r.encounter_ref, r.patient_ref, r.former_refs, r.encounter_key, r.restricted, r.shown_since, \
                   r.withdrawn_at, r.withdrawn_reason
            from practice.history_rows(\(log), \(keys)) r
            """
    }

    /// A row of `rows`, with what is not told of it.
    struct FoundRow {
        let row: HistoryRow
        let formerRefs: [String]
        let encounterKey: String
        let isRestricted: Bool

        /// Whether its practice is told of it: it stands, or its patient moved on.
        var isTold: Bool {
            row.withdrawnAt == nil || row.withdrawnReason == WithdrawalReason.registeredElsewhere.rawValue
        }

        /// A row that was folded anew.
        init(_ folded: EncounterRow) {
            formerRefs = folded.patient.formerRefs
            encounterKey = folded.encounterKey
            isRestricted = folded.patient.isRestricted
            row = HistoryRow(
                practice: folded.practice, encounterRef: folded.encounterRef, patientRef: folded.patient.ref,
                shownSince: folded.shownSince, withdrawnAt: folded.withdrawnAt,
                withdrawnReason: folded.withdrawnReason?.rawValue)
        }

        init(_ found: PostgresRow) throws {
            var columns = ColumnReader(found)
            let (practice, encounter, patient): (String, String, String) =
                (try columns.next(), try columns.next(), try columns.next())
            formerRefs = try columns.next()
            encounterKey = try columns.next()
            isRestricted = try columns.next()
            row = HistoryRow(
                practice: practice, encounterRef: encounter, patientRef: patient, shownSince: try columns.next(),
                withdrawnAt: try columns.next(), withdrawnReason: try columns.next())
        }
    }

    /// The streams of what a practice's staff did about a patient, as its views name them.
    static func actStreams(_ refs: [String], of practice: String) -> SQL {
        """
        select 'concern:' || concern_id from practice.concern
        where practice = \(practice) and patient_ref = any (\(refs))
        union
        select 'action:' || action_id from practice.action where practice = \(practice) and patient_ref = any (\(refs))
        union
        select 'huddle:' || huddle_day from practice.discussion
        where practice = \(practice) and patient_ref = any (\(refs))
        """
    }

    static func acts(_ streams: [String], through: Instant?, most: Int) -> SQL {
        """
        select \(EventReader.columns)
        from event_log.history_acts(\(streams), \(through as Instant?)::timestamptz, \(Int64(most))::integer) h
        """
    }

    static func looks(_ refs: [String], at practices: [String], most: Int) -> SQL {
        """
        select l.practice, l.at, l.subject, l.role, l.client, l.purpose, l.route, l.request_id
        from audit.history_looks(\(refs), \(practices), \(Int64(most))::integer) l
        """
    }

    static func look(_ row: PostgresRow) throws -> HistoryLook {
        var columns = ColumnReader(row)
        return HistoryLook(
            practice: try columns.next(), at: try columns.next(), subject: try columns.next(), role: try columns.next(),
            client: try columns.next(), purpose: try columns.next(), route: try columns.next(),
            requestID: try columns.next())
    }

    static func deliveries(_ refs: [String], at practices: [String], most: Int) -> SQL {
        """
        select d.practice, d.host, d.type, d.told_at, d.tried_at, d.state, d.status, d.attempts
        from practice.history_deliveries(\(refs), \(practices), \(Int64(most))::integer) d
        """
    }

    static func delivery(_ row: PostgresRow) throws -> HistoryDelivery {
        var columns = ColumnReader(row)
        return HistoryDelivery(
            practice: try columns.next(), host: try columns.next() as String? ?? "", type: try columns.next(),
            toldAt: try columns.next(), triedAt: try columns.next(), state: try columns.next(),
            status: try columns.next(), attempts: try columns.next())
    }

    static let policy: SQL = "select practice.sensitivity_policy()"

    static func messages(in log: LogName, at positions: [Position]) -> SQL {
        """
        select m.position, m.bytes
        from event_log.history_messages(\(log), \(positions.map(\.rawValue))) m
        """
    }
}
