import Admissions
import EventLog
import EventSourcing
import Postgres

/// The statement that reads whom a list may show, with the year of encounters by which the rules decide.
///
/// SQL narrows and never decides where a rule does: it takes too many rather than too few. Row-level security narrows
/// to the access record's practice; the explicit `practice =` lets the index find it. Conditions repeat those of the
/// partial indexes word for word.
struct CandidateQuery: Sendable {
    /// More rows than this are not read: `ProjectionError.windowTooWide`.
    static let rowsMax = 20_000
    /// How far back encounters are read: a year, and what a stay at its beginning may have gone on from.
    static let historyMarginDays = 35

    let list: PracticeList
    let practice: String
    /// The beginning of the window, an expression; `nil` is always.
    let since: SQL?
    /// The time of the look, an expression.
    let now: SQL
    /// The day of the look, `yyyy-mm-dd`.
    let day: String
    let settings: HuddleSettings
    /// What a row must fulfil besides; of looks at the past.
    var bound: SQL = "true"

    /// Columns: those of `Candidate`, then whether the row itself belongs to a plain list.
    var statement: SQL {
        """
        with \(replaced) who as materialized (\(people))
        select \(Candidate.columns), \(listColumns), (\(membership)) as listed
        from practice.encounter e
        \(listJoin)
        where e.practice = \(practice) and \(Self.person) = any (array(select who.person from who))
          and ((\(membership)) or (e.status in ('arrived', 'in-progress', 'onleave', 'finished')
               and (e.started_at > \(ago(settings.historyDays + Self.historyMarginDays))
                    or e.ended_at > \(ago(settings.historyDays + Self.historyMarginDays)) or e.ended_at is null)))
        limit \(Self.rowsMax + 1)
        """
    }

    /// A person of the practice, whichever hospital told; an index holds this expression.
    ///
    /// Not written with COALESCE: under row-level security PostgreSQL takes that for an expression which may leak, and
    /// never looks it up in an index.
    static let person: SQL = "(case when e.nhs_number is null then e.patient_ref else e.nhs_number collate \"C\" end)"

    /// Open concerns of the practice: hospital, patient, identifier, kind, when raised.
    var concerns: SQL {
        """
        with replaced as materialized (\(PresentRef.replaced(of: practice)))
        select c.hospital, \(PresentRef.of("c.patient_ref")), c.concern_id, c.kind, c.raised_at from practice.concern c
        where c.practice = \(practice) and c.state = 'open' order by c.raised_at, c.concern_id
        """
    }

    /// How many people have a Symphony score in the highest band, by whichever telling is the latest.
    var bandCount: SQL {
        """
        select count(*) from (
            select t.person, (array_agg(t.score order by t.scored_on desc nulls last, t.by_form desc))[1] as score
            from (\(scores)) t group by t.person) latest
        where latest.score >= \(Int64(settings.symphonyBandMin))
        """
    }

    /// The latest score entered by form, of each patient.
    var formScores: SQL {
        """
        with replaced as materialized (\(PresentRef.replaced(of: practice)))
        select distinct on (f.ref) f.ref, f.hospital, f.score::int8, f.scored_on from (
            select \(PresentRef.of("y.patient_ref")) as ref, y.hospital, y.score, y.scored_on, y.scored_at
            from practice.symphony y where y.practice = \(practice)) f
        order by f.ref, f.scored_on desc, f.scored_at desc
        """
    }

    /// Keys of all rows of those whom the list may have shown at `now`, a moment of the past: hospital, encounter, patient,
    /// whether the row stands today, and whether it is restricted.
    ///
    /// By the rows of today: those that would be looked at if it were that moment, and all that changed since. Whoever
    /// is neither stands today as then, and was not looked at then. What nobody had told by then is in neither; nor is
    /// what only left or came since, and had long ended by then.
    ///
    /// - Parameter others: NHS numbers of people to be added.
    func keysAsAt(adding others: [String], knowing knowledge: AsAtKnowledge) -> SQL {
        var unchanged = self
        unchanged.bound = "e.last_told_at <= \(now)"
        let news: [SQL] =
            switch list {
            case .symphony: [unchanged.news(settings.symphonyEventDays)]
            case .huddle: [unchanged.news(settings.symphonyChangedDays)]
            default: []
            }
        let existed: SQL
        let mattered: SQL
        switch knowledge {
        case .then: (existed, mattered) = ("e.first_told_at <= \(now)", "not (\(hadLongEnded))")
        // What came to be known of it since, under whichever practice, the row does not say.
        case .now: (existed, mattered) = ("(e.first_told_at <= \(now) or e.started_at <= \(now))", "true")
        }
        let changed = [
            having("e.last_told_at >= \(now) and \(existed)"),
            having("e.shown_since >= \(now) and e.shown_since > e.first_told_at and \(existed) and \(mattered)"),
            having("e.status = 'withdrawn' and e.withdrawn_at >= \(now) and \(existed) and \(mattered)"),
        ]
        return """
            with \(replaced) who as materialized (
                \(either([unchanged.people] + news + changed)) union select unnest(\(others)))
            select e.hospital, e.encounter_key, e.patient_key, e.status <> 'withdrawn', e.restricted
            from practice.encounter e
            where e.practice = \(practice) and \(Self.person) = any (array(select who.person from who))
            """
    }

    /// Whether a row had ended, and nothing was told of its encounter, for so long before `now` that the list had no use
    /// for it.
    private var hadLongEnded: SQL {
        let days: Int
        switch list {
        case .inHospital, .longStay, .expectedDischarges, .readmissionRisk, .unknownPractice: days = 0
        case .admissions, .discharges, .attendances, .deaths, .corrected: days = 0
        case .readmissions, .careHome, .virtualWard, .fopas: days = settings.recentDays
        case .concerns: days = max(settings.recentDays, settings.leftBeforeTreatmentDays)
        case .symphony: days = settings.symphonyEventDays
        case .huddle:
            days = max(
                settings.recentDays, settings.leftBeforeTreatmentDays, settings.frequentEventDays,
                settings.symphonyChangedDays)
        // A year counts.
        case .frequent, .frequentAttenders: return "false"
        }
        guard !list.hasWindow || since != nil else { return "false" }
        let before = Self.ago(days + HuddleEncounter.newsReachDays + 1, since.map { "least(\(now), \($0))" } ?? now)
        return "e.ended_at is not null and greatest(e.ended_at, e.last_told_at, e.death_told_at) < \(before)"
    }

    /// The same keys, of rows that stood under no practice at `now` and have come to one since: where nobody's row goes
    /// nothing stays behind that would name it. For a login that reads all practices.
    var keysGoneSince: SQL {
        """
        with recursive \(PracticesToday.found)
        select e.hospital, e.encounter_key, e.patient_key, false, e.restricted
        from today cross join lateral (
            select e.* from practice.encounter e
            where e.practice = today.practice and e.shown_since >= \(now) and e.shown_since > e.first_told_at
              and e.first_told_at <= \(now)) e
        where today.practice <> \(EncounterRow.unknownPractice)
        """
    }

    /// The persons of some patients, by the refs of any time.
    func persons(ofRefs refs: [String], hospitals: [LogName]) -> SQL {
        """
        with replaced as materialized (\(PresentRef.replaced(of: practice)))
        select y.ref, f.person from unnest(\(hospitals), \(refs)) as y (hospital, ref)
        cross join lateral (select \(Self.person) as person from practice.encounter e
            where e.practice = \(practice) and e.hospital = y.hospital
              and e.patient_ref = (\(PresentRef.of("y.ref"))) collate "C" and e.status <> 'withdrawn' limit 1) f
        """
    }

    /// The scores of the practice's own list: person, score, when found.
    var listScores: SQL {
        """
        select r.nhs_number, r.symphony_score::int8, r.symphony_scored_on from practice.registration r
        where r.practice = \(practice) and r.is_listed and r.symphony_score is not null
        """
    }

    private var scores: SQL {
        """
        select f.person, s.score, s.scored_on, true as by_form from (\(formScores)) s
        cross join lateral (select \(Self.person) as person from practice.encounter e
            where e.practice = \(practice) and e.hospital = s.hospital and e.patient_ref = s.ref
              and e.status <> 'withdrawn' limit 1) f
        union all
        select r.nhs_number, r.symphony_score, r.symphony_scored_on, false from practice.registration r
        where r.practice = \(practice) and r.is_listed and r.symphony_score is not null
        """
    }

    /// What the practice's own list says: score, when, care home, FOPAS concern.
    private var listColumns: SQL {
        "r.symphony_score::int8, r.symphony_scored_on, r.care_home, coalesce(r.fopas_concern, false)"
    }

    private var listJoin: SQL {
        """
        left join practice.registration r
            on r.practice = e.practice and r.nhs_number = e.nhs_number collate "C" and r.is_listed
            and \(ListedPerson.agrees("r.born", "e.born"))
        """
    }

    // MARK: Whom to look at

    /// Refs that others have taken the place of, where people are found by what was done about them.
    private var replaced: SQL {
        guard [.fopas, .concerns, .huddle].contains(list) else { return "" }
        return "replaced as materialized (\(PresentRef.replaced(of: practice))),"
    }

    private var people: SQL {
        switch list {
        case .admissions, .inHospital, .discharges, .attendances, .corrected, .unknownPractice:
            return having(membership)
        case .deaths: return having(died)
        case .expectedDischarges, .longStay: return having(openStay)
        case .readmissions: return either([having(openStay), having(endedLately)])
        case .careHome: return either([having(openStay), having(endedLately)])
        case .virtualWard:
            return either([
                having(openStay), having(endedLately),
                having("\(attendedLately) and e.discharge_destination = \(UKCodes.virtualWardDestination)"),
            ])
        case .fopas:
            return either(
                [
                    having(openStay), having(endedLately), having("\(attendedLately) and e.disposal is not null"),
                    concerned,
                ] + listed("r.fopas_concern"))
        case .concerns:
            return either([
                having(openStay), having(endedLately), having(attendanceOpen), leftBeforeTreatment, concerned,
            ])
        case .frequent: return frequent
        case .frequentAttenders:
            return counting(
                "e.is_attendance and \(Self.counted) and e.started_at > \(ago(settings.historyDays + 1))",
                atLeast: settings.attendancesMin)
        case .readmissionRisk: return having(attendanceOpen)
        case .symphony:
            let days = settings.symphonyEventDays
            return "select n.person from (\(news(days))) n where n.person in (select t.person from (\(scores)) t)"
        case .huddle:
            let days = settings.symphonyChangedDays
            return either([
                concerned,
                "select n.person from (\(news(days))) n where n.person in (select t.person from (\(scores)) t)",
                having(died), having(openStay), having("\(stay) \(toldHere("e.admitted_told_at", days: 0))"),
                having("\(stayEnded) \(toldHere("e.discharged_told_at"))"), having(endedLately),
                having("\(attendance) \(toldHere("greatest(e.arrived_told_at, e.discharged_told_at)"))"),
                having(attendanceOpen), leftBeforeTreatment, frequentOfLate, having(corrected),
            ])
        }
    }

    private func having(_ condition: SQL) -> SQL {
        """
        select \(Self.person) as person from practice.encounter e
        where e.practice = \(practice) and \(condition) and \(bound)
        """
    }

    private func either(_ parts: [SQL]) -> SQL {
        parts.dropFirst().reduce(parts[0]) { "\($0) union \($1)" }
    }

    private func counting(_ condition: SQL, atLeast least: Int) -> SQL {
        "\(having(condition)) group by 1 having count(*) >= \(least)"
    }

    /// Who has an open concern.
    private var concerned: SQL {
        """
        select \(Self.person) as person from practice.concern c
        join practice.encounter e
            on e.practice = c.practice and e.hospital = c.hospital
            and e.patient_ref = (\(PresentRef.of("c.patient_ref"))) collate "C"
        where c.practice = \(practice) and c.state = 'open' and e.status <> 'withdrawn'
        """
    }

    /// Whom the practice's own list names for something.
    private func listed(_ condition: SQL) -> [SQL] {
        [
            """
            select r.nhs_number as person from practice.registration r
            where r.practice = \(practice) and r.is_listed and \(condition)
            """
        ]
    }

    /// Who is in hospital, or came or went in so many days.
    private func news(_ days: Int) -> SQL {
        either([
            having(openStay), having("\(stay) and e.admitted_told_at > \(ago(days + 1))"),
            having("\(stayEnded) and e.discharged_told_at > \(ago(days + 1))"),
            having("\(attendance) and greatest(e.arrived_told_at, e.discharged_told_at) > \(ago(days + 1))"),
        ])
    }

    private var frequent: SQL {
        counting(
            """
            \(stay) and e.started_at > \(ago(settings.historyDays + 1)) \
            and upper(replace(e.admission_method, ' ', '')) = any (\(UKCodes.emergencyAdmissionCodes))
            """, atLeast: settings.emergencyAdmissionsMin)
    }

    private var frequentOfLate: SQL {
        """
        select f.person from (\(frequent)) f where exists (
            select from practice.encounter e where e.practice = \(practice) and \(Self.person) = f.person
              and greatest(e.last_told_at, e.started_at, e.ended_at) > \(ago(settings.frequentEventDays + 1)))
        """
    }

    private var leftBeforeTreatment: SQL {
        counting(
            """
            e.is_attendance and \(Self.counted) and e.started_at > \(ago(settings.leftBeforeTreatmentDays + 1)) \
            and replace(e.disposal, ' ', '') = any (\(UKCodes.leftBeforeTreatmentCodes))
            """, atLeast: settings.leftBeforeTreatmentMin)
    }

    // MARK: Conditions

    /// Whether a row itself belongs to a plain list; of the huddle those that its last section may show.
    private var membership: SQL {
        switch list {
        case .admissions: "\(stay) \(toldHere("e.admitted_told_at", days: 0))"
        case .inHospital: "\(openStay) \(notVirtual)"
        case .discharges: "\(stayEnded) \(toldHere("e.discharged_told_at"))"
        case .attendances: "\(attendance) \(toldHere("greatest(e.arrived_told_at, e.discharged_told_at)"))"
        case .corrected, .huddle: corrected
        case .unknownPractice: "(\(openStay) or \(attendanceOpen))"
        default: "false"
        }
    }

    private static let counted: SQL = "e.status in ('arrived', 'in-progress', 'onleave', 'finished')"

    private var stay: SQL { "e.class = 'inpatient' and \(Self.counted)" }
    private var openStay: SQL { "e.class = 'inpatient' and e.status in ('arrived', 'in-progress', 'onleave')" }
    private var stayEnded: SQL { "e.class = 'inpatient' and e.status = 'finished'" }
    private var attendance: SQL { "e.is_attendance and \(Self.counted)" }

    /// Told within the recent days, and a day more: what ended later was told later.
    private var endedLately: SQL { "\(stayEnded) and e.discharged_told_at > \(ago(settings.recentDays + 1))" }

    private var attendedLately: SQL {
        "\(attendance) and greatest(e.arrived_told_at, e.discharged_told_at) > \(ago(settings.recentDays + 1))"
    }

    /// Older ones are presumed closed (`EncounterStanding`).
    private var attendanceOpen: SQL {
        """
        e.is_attendance and \(Self.counted) and e.class = 'emergency' and e.status <> 'finished' \
        and e.started_at > \(ago(4))
        """
    }

    private var died: SQL {
        "e.is_deceased \(toldHere("e.death_told_at", within: "e.death_told_at")) and e.status <> 'withdrawn'"
    }

    /// What left a practice because the patient registered elsewhere matters while it was care of the day: of old stays
    /// nobody needs to be warned.
    private var corrected: SQL {
        """
        e.class <> 'preadmit' and e.status in ('cancelled', 'entered-in-error', 'withdrawn') \
        \(told("coalesce(e.withdrawn_at, e.last_told_at)")) \
        and (e.withdrawn_reason is distinct from 'registered-elsewhere' \
             or coalesce(e.ended_at, case when e.class = 'inpatient' then e.withdrawn_at else e.started_at end) \
                >= e.withdrawn_at - interval '30 days')
        """
    }

    /// Who is at home is not counted among those in hospital; a restricted patient is not told apart by a ward.
    private var notVirtual: SQL {
        guard !settings.virtualWards.isEmpty else { return "" }
        return "and (e.restricted or e.ward is null or e.ward <> all (\(settings.virtualWards.sorted())))"
    }

    /// Told since, or told before to whoever had the row then, and come here since while it mattered: as
    /// `HuddleEncounter` has it.
    ///
    /// - Parameter days: how long before it came here it may have ended.
    private func toldHere(
        _ column: SQL, within end: SQL = "e.ended_at", days: Int = HuddleEncounter.newsReachDays
    ) -> SQL {
        guard let since else { return "" }
        return """
            and (\(column) > \(since) \
            or (e.shown_since > e.first_told_at and e.shown_since > \(since) and \(column) is not null \
            and (\(end) is null or \(end) > e.shown_since - make_interval(days => \(Int32(days))))))
            """
    }

    private func told(_ column: SQL) -> SQL {
        guard let since else { return "" }
        return "and \(column) > \(since)"
    }

    private func ago(_ days: Int) -> SQL { Self.ago(days, now) }

    private static func ago(_ days: Int, _ moment: SQL) -> SQL {
        "\(moment) - make_interval(days => \(Int32(clamping: days)))"
    }
}
