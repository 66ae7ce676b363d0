import EventLog
package import EventSourcing
package import Postgres

/// Keeps webhooks and what was sent to them, in PostgreSQL.
///
/// All is within the access record of the practice, and patients whose refs are sent are recorded as shown to the webhook.
/// The pool logs in as `primary_conect_service`.
package struct WebhookStore: Sendable {
    /// The most webhooks of a practice.
    package static let webhooksMax = 10
    /// Deliveries of one look.
    package static let deliveriesMax = 100
    /// Lines of the journal that become deliveries at once, and deliveries sent at once.
    static let workMax = 50
    /// How long one process has a webhook to itself.
    static let lease: Duration = .seconds(300)
    /// How long deliveries are kept once they are settled.
    static let settledKept: Duration = .seconds(30 * 86_400)

    private let pool: PostgresPool

    /// Keeps them through a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    // MARK: What practices do

    /// Adds a webhook that is told what changes from now on; `false` if the practice has as many as it may.
    package func add(
        _ webhook: Webhook, secret: [UInt8], firstTestAt: Instant, access: AccessRequest
    ) async throws -> Bool {
        let result = try await pool.pipeline([
            AccessStatements.open(access),
            """
            insert into practice.webhook (practice, webhook, url, types, secret, made_by, made_at, epoch, count, test_due_at,
                                          leased_until)
            select \(webhook.practice), \(webhook.id)::uuid, \(webhook.url), \(webhook.types), \(secret), \
            \(access.subject), \(webhook.madeAt), coalesce(max(p.epoch), 1), coalesce(max(p.count), 0), \(firstTestAt), \
            \(webhook.madeAt)
            from practice.pulse(array[\(webhook.practice)]) p
            having (select count(*) from practice.webhook w where w.practice = \(webhook.practice)) < \(Self.webhooksMax)
            returning 1
            """,
        ])
        return result[1].count == 1
    }

    /// The webhooks of a practice, the oldest first.
    package func webhooks(access: AccessRequest) async throws -> [Webhook] {
        let result = try await pool.pipeline([
            AccessStatements.open(access),
            """
            select \(Self.columns) from practice.webhook w where w.practice = \(access.practice)
            order by w.made_at, w.webhook
            """,
        ])
        return try result[1].map { try Self.webhook($0) }
    }

    /// Removes a webhook and what was sent to it; `false` if there is none.
    package func remove(_ id: String, access: AccessRequest) async throws -> Bool {
        try await change(
            "delete from practice.webhook w where w.practice = \(access.practice) and w.webhook = \(id)::uuid returning 1",
            access)
    }

    /// Gives a webhook a new key; the old one signs too until `until`. `false` if there is no such webhook.
    package func rotate(_ id: String, to secret: [UInt8], until: Instant, access: AccessRequest) async throws -> Bool {
        try await change(
            """
            update practice.webhook w set secret_before = w.secret, secret_before_until = \(until), secret = \(secret)
            where w.practice = \(access.practice) and w.webhook = \(id)::uuid returning 1
            """, access)
    }

    /// The newest deliveries of a webhook; `nil` if there is no such webhook.
    package func deliveries(of id: String, access: AccessRequest) async throws -> [WebhookDelivery]? {
        let result = try await pool.pipeline([
            AccessStatements.open(access),
            """
            with page as materialized (
                select d.* from practice.delivery d where d.practice = \(access.practice) and d.webhook = \(id)::uuid
                order by d.told_at desc, d.event limit \(Self.deliveriesMax)
            )
            select \(Self.deliveryColumns), noted.shown
            from practice.webhook w
            cross join (select audit.record_shown(array(select page.patient_ref from page)) as shown) noted
            left join page d on true
            where w.practice = \(access.practice) and w.webhook = \(id)::uuid
            order by d.told_at desc, d.event
            """,
        ])
        guard result[1].count > 0 else { return nil }
        return try result[1].compactMap { try Self.delivery($0) }
    }

    /// Sends one event again, or all that were given up, and turns the webhook on; `nil` if there is no such webhook, else how
    /// many.
    package func redeliver(
        _ event: String?, of id: String, at now: Instant, access: AccessRequest
    ) async throws -> Int? {
        let which: SQL = if let event { "d.event = \(event)" } else { "d.state = 'failed'" }
        let result = try await pool.pipeline([
            AccessStatements.open(access),
            """
            update practice.webhook w set state = 'on', off_reason = null, failing_since = null
            where w.practice = \(access.practice) and w.webhook = \(id)::uuid returning 1
            """,
            """
            update practice.delivery d set state = 'waiting', attempts = 0, due_at = \(now)
            where d.practice = \(access.practice) and d.webhook = \(id)::uuid and \(which) returning 1
            """,
        ])
        return result[1].count == 1 ? result[2].count : nil
    }

    private func change(_ statement: SQL, _ access: AccessRequest) async throws -> Bool {
        try await pool.pipeline([AccessStatements.open(access), statement])[1].count == 1
    }

    // MARK: What the dispatcher does

    /// A webhook by its key.
    package struct Key: Sendable, Hashable {
        /// The practice.
        package var practice: String
        /// The webhook.
        package var id: String
    }

    /// Webhooks that have something to be sent and that nobody is sending to.
    package func due(at now: Instant) async throws -> [Key] {
        try await pool.query("select practice, webhook::text from practice.webhooks_due(\(now))").map { row in
            let (practice, id) = try row.decode(String.self, String.self)
            return Key(practice: practice, id: id)
        }
    }

    /// Takes a webhook for this process, makes deliveries of what its practice's journal has since told, and gives what is
    /// due; `nil` if another process has it, or it is off.
    package func take(_ key: Key, access: AccessRequest, at now: Instant, nextTestAt: Instant) async throws -> WebhookWork? {
        try await pool.transaction { transaction in
            _ = try await transaction.query(AccessStatements.open(access))
            let taken = try await transaction.query(
                """
                update practice.webhook w set leased_until = \(now + Self.lease)
                where w.practice = \(key.practice) and w.webhook = \(key.id)::uuid and w.state = 'on'
                  and w.leased_until <= \(now)
                returning w.secret, case when w.secret_before_until > \(now) then w.secret_before end, \(Self.columns)
                """)
            guard let row = taken.first else { return nil }
            var columns = ColumnReader(row)
            let (secret, before): ([UInt8], [UInt8]?) = (try columns.next(), try columns.next())
            let results = try await transaction.pipeline([
                Self.gather(key, at: now), Self.test(key, at: now, next: nextTestAt),
                """
                delete from practice.delivery d
                where d.practice = \(key.practice) and d.webhook = \(key.id)::uuid and d.state <> 'waiting'
                  and d.tried_at < \(now - Self.settledKept)
                """,
                """
                with page as materialized (
                    select d.* from practice.delivery d
                    where d.practice = \(key.practice) and d.webhook = \(key.id)::uuid and d.state = 'waiting'
                      and d.due_at <= \(now)
                    order by d.due_at, d.event limit \(Self.workMax)
                )
                select \(Self.deliveryColumns), noted.shown
                from (select audit.record_shown(array(select page.patient_ref from page)) as shown) noted
                left join page d on true
                order by d.due_at, d.event
                """,
            ])
            return WebhookWork(
                webhook: try Self.webhook(row, first: 2), secrets: [secret] + [before].compactMap(\.self),
                deliveries: try results[3].compactMap { try Self.delivery($0) })
        }
    }

    /// Notes how an attempt ended.
    ///
    /// - Parameters:
    ///   - dueAt: when to try again; `nil` where it is not tried again.
    ///   - offReason: why the webhook is called no more; `nil` while it is.
    package func settle(
        _ delivery: WebhookDelivery, of key: Key, as state: WebhookDelivery.State, status: Int32?, error: String?,
        at now: Instant, dueAt: Instant?, offReason: String?
    ) async throws {
        _ = try await pool.query(
            """
            select practice.settle_delivery(\(key.practice), \(key.id)::uuid, \(delivery.event), \(state.rawValue), \
            (\([status]))[1], (\([error]))[1], \(now), (\([dueAt]))[1], (\([offReason]))[1])
            """)
    }

    /// Lets any process deliver to a webhook again.
    package func release(_ key: Key, at now: Instant) async throws {
        _ = try await pool.query("select practice.release_webhook(\(key.practice), \(key.id)::uuid, \(now))")
    }

    // MARK: Statements

    /// Each change becomes one delivery: its id is made of its place in the journal.
    private static func gather(_ key: Key, at now: Instant) -> SQL {
        """
        with hook as materialized (
            select w.webhook, w.types, coalesce(p.epoch, w.epoch) as epoch,
                   case when coalesce(p.epoch, w.epoch) = w.epoch then w.count else p.count end as count
            from practice.webhook w left join practice.pulse(array[\(key.practice)]) p on true
            where w.practice = \(key.practice) and w.webhook = \(key.id)::uuid
        ), line as materialized (
            select h.* from practice.change h, hook
            where h.practice = \(key.practice) and h.count > hook.count order by h.count limit \(workMax)
        ), made as (
            insert into practice.delivery (
                practice, webhook, event, type, encounter_ref, patient_ref, class, told_at, due_at)
            select \(key.practice), hook.webhook,
                   'evt_' || left(encode(sha256(convert_to(concat_ws(':', hook.webhook, hook.epoch, line.count), 'UTF8')),
                                         'hex'), 26),
                   line.type, line.encounter_ref, line.patient_ref, line.class, line.told_at, \(now)
            from line, hook where cardinality(hook.types) = 0 or line.type = any (hook.types)
            on conflict do nothing
        )
        update practice.webhook w
        set epoch = hook.epoch, count = greatest(hook.count, (select max(line.count) from line))
        from hook where w.practice = \(key.practice) and w.webhook = hook.webhook
        """
    }

    private static func test(_ key: Key, at now: Instant, next: Instant) -> SQL {
        """
        with due as (
            update practice.webhook w set test_due_at = \(next)
            where w.practice = \(key.practice) and w.webhook = \(key.id)::uuid and w.test_due_at <= \(now)
            returning w.practice, w.webhook
        )
        insert into practice.delivery (practice, webhook, event, type, told_at, due_at)
        select due.practice, due.webhook, 'evt_' || left(replace(gen_random_uuid()::text, '-', ''), 26), 'test', \(now), \(now)
        from due
        """
    }

    private static let columns: SQL = """
        w.practice, w.webhook::text, w.url, w.types, w.state = 'on', w.off_reason, w.made_at, w.failing_since
        """

    private static let deliveryColumns: SQL = """
        d.event, d.type, d.encounter_ref, d.patient_ref, d.class, d.told_at, d.state, d.attempts, d.due_at, d.tried_at, \
        d.status, d.error
        """

    private static func webhook(_ row: PostgresRow, first: Int = 0) throws -> Webhook {
        var columns = ColumnReader(row, first: first)
        return Webhook(
            practice: try columns.next(), id: try columns.next(), url: try columns.next(), types: try columns.next(),
            isOn: try columns.next(), offReason: try columns.next(), madeAt: try columns.next(),
            failingSince: try columns.next())
    }

    private static func delivery(_ row: PostgresRow) throws -> WebhookDelivery? {
        var columns = ColumnReader(row)
        guard let event: String = try columns.next() else { return nil }
        return WebhookDelivery(
            event: event, type: try columns.next(), encounterRef: try columns.next(), patientRef: try columns.next(),
            encounterClass: try columns.next(), toldAt: try columns.next(),
            state: WebhookDelivery.State(rawValue: try columns.next()) ?? .waiting, attempts: try columns.next(),
            dueAt: try columns.next(), triedAt: try columns.next(), status: try columns.next(),
            error: try columns.next())
    }
}

extension Webhook {
    /// Describes a new webhook.
    package init(practice: String, id: String, url: String, types: [String], madeAt: Instant) {
        self.init(
            practice: practice, id: id, url: url, types: types, isOn: true, offReason: nil, madeAt: madeAt,
            failingSince: nil)
    }
}
