import Admissions
import EventLog
import EventSourcing
import Logging
import Postgres
import Projections
import ServiceLifecycle

/// Follows the hospitals for hot onboarding: suggests patients by rule, moves cases on.
struct OnboardingService: Service {
    let hospitals: [LogName]
    /// Logs in as the projector.
    let pool: PostgresPool
    /// Logs in as the service, which appends.
    let desk: PostgresPool
    let settings: OnboardingSettings
    let now: @Sendable () -> Instant
    let logger: Logger

    func run() async throws {
        let follower = OnboardingFollower(
            pool: pool, reader: EventReader(pool: pool),
            desk: OnboardingDesk(pool: desk, log: StaffLog(now: now), settings: settings.cases),
            suggestions: settings.suggestions, now: now, logger: logger)
        await cancelWhenGracefulShutdown { await follower.run(hospitals) }
        await pool.close()
        await desk.close()
    }
}

/// Which patients are suggested for hot onboarding, and how long things may take: the settings `onboarding.*`.
struct OnboardingSettings: Sendable {
    var suggestions = OnboardingFollower.Suggestions()
    var cases = HotOnboardingSettings()

    /// - Throws: `CommandFailure(.badConfiguration)` for a threshold that is neither a whole number nor `off`.
    init(_ settings: Settings) throws {
        var rules = OnboardingRules()
        rules.emergencyAdmissionsMin = try Self.threshold(settings, "emergencyAdmissions", rules.emergencyAdmissionsMin)
        rules.attendancesMin = try Self.threshold(settings, "attendances", rules.attendancesMin)
        rules.nightsMin = try Self.threshold(settings, "nights", rules.nightsMin)
        rules.symphonyScoreMin = try Self.threshold(settings, "symphonyScore", rules.symphonyScoreMin)
        rules.daysSinceDischargeMax = try Self.threshold(settings, "readmissionDays", rules.daysSinceDischargeMax)
        rules.agedEmergencyYearsMin = try Self.threshold(settings, "agedYears", rules.agedEmergencyYearsMin)
        if settings.text("onboarding.fopas") != nil { rules.findsFOPAS = try settings.isOn("onboarding.fopas") }
        suggestions.rules = rules
        suggestions.fopasWards = Set(settings.list("onboarding.fopasWards"))
        cases.declineDays = try settings.number("onboarding.declineDays", or: cases.declineDays)
        cases.lostAfterDays = try settings.number("onboarding.lostAfterDays", or: cases.lostAfterDays)
    }

    private static func threshold(_ settings: Settings, _ name: String, _ standard: Int?) throws -> Int? {
        let key = "onboarding." + name
        if settings.text(key)?.lowercased() == "off" { return nil }
        guard settings.text(key) != nil else { return standard }
        let threshold = try settings.number(key, or: 0)
        guard threshold >= 0 else {
            throw CommandFailure(.badConfiguration, "The setting \(key) must not be negative; off turns the rule off.")
        }
        return threshold
    }
}
