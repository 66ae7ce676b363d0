import Admissions
import ArgumentParser
import EventLog
import EventSourcing

/// Which local identifiers stand for one patient.
struct Identity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who is whom: what is to be settled, what was joined, how to take it back, who saw what was wrong.",
        discussion: """
            Examples:
              primary-conect identity work RH5
              primary-conect identity unmerge RH5 'RH5|1002' 'RH5|1001' --reason "two people, ticket 4711"
            """,
        subcommands: [IdentityWork.self, IdentityAliases.self, IdentityUnmerge.self, IdentityDisclosures.self])
}

/// One joining or parting, as a log tells it.
private struct IdentityTelling {
    let position: Position
    let toldAt: Instant
    let event: AdmissionEvent

    /// Reads an event; `nil` for one that cannot be read or names nobody.
    init?(_ stored: IdentityEvent) {
        guard let event = try? AdmissionEvent(type: stored.type, payload: stored.payload), event.patientKey != nil,
            event.prior != nil
        else { return nil }
        position = stored.position
        toldAt = stored.recordedAt
        self.event = event
    }

    /// What was done, as one word.
    var word: String {
        switch event.kind {
        case .patientMoved: "moved"
        case .patientRenumbered: "renumbered"
        case .patientUnmerged: "unmerged"
        default: "merged"
        }
    }
}

/// The joinings of a log.
struct IdentityAliases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aliases", abstract: "Merges, moves and renumberings of a log, by position, without names.",
        discussion: """
            Examples:
              primary-conect identity aliases RH5
              primary-conect identity aliases RH5 --show-identifiers --reason "wrong merge, ticket 4711"

            Numbers are shown by their last two characters. --show-identifiers with a --reason shows them in full. Each
            look is recorded.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The log (ODS code).")
    var log: String
    @Flag(help: "One JSON object.")
    var json = false
    @Flag(help: "Identifiers in full; needs --reason, and is recorded with it.")
    var showIdentifiers = false
    @Option(help: "Why identifiers are shown.")
    var reason: String?

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let purpose = showIdentifiers || reason != nil ? try OperatorInput.reason(reason) : "aliases, masked"
            let person = try Operator(try await Installation(options: installation))
            let tellings = try await person.reader.identityEvents(
                in: log, look: person.look("identity/\(log)", purpose: purpose)
            ).compactMap(IdentityTelling.init)
            await person.close()
            json ? tellJSON(tellings, log) : tell(tellings)
        }
    }

    private func tell(_ tellings: [IdentityTelling]) {
        guard !tellings.isEmpty else { return Console.out("Nobody was joined with anybody.") }
        var table = Table("POSITION", "TOLD", "WHAT", "WHO", "IS", "BY", numeric: [0])
        for telling in tellings {
            for other in telling.event.prior?.patients ?? [] {
                table.add(
                    String(telling.position.rawValue), londonText(telling.toldAt), telling.word, shown(other),
                    telling.event.patientKey.map(shown) ?? "", telling.event.by ?? "")
            }
        }
        Console.out(table.text)
    }

    private func tellJSON(_ tellings: [IdentityTelling], _ log: LogName) {
        let items = tellings.flatMap { telling -> [String] in
            (telling.event.prior?.patients ?? []).map { other -> String in
                let survivor = telling.event.patientKey.map { jsonText(shown($0)) } ?? "null"
                let by = telling.event.by.map(jsonText) ?? "null"
                var json = "{\"position\":\(telling.position),\"told_at\":\"\(telling.toldAt.iso8601)\","
                json += "\"what\":\"\(telling.word)\",\"loser\":\(jsonText(shown(other))),"
                json += "\"survivor\":\(survivor),\"by\":\(by)}"
                return json
            }
        }
        Console.out(
            "{\"schema\":\"aliases/1\",\"log\":\(jsonText(log.rawValue)),\"items\":[\(items.joined(separator: ","))]}")
    }

    private func shown(_ key: PatientKey) -> String {
        showIdentifiers ? MaskedMessage.printable(key.rawValue) : IdentityMask.shown(key)
    }
}

/// Takes a joining back.
struct IdentityUnmerge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmerge", abstract: "Says that LOSER is not SURVIVOR after all.",
        discussion: """
            Examples:
              primary-conect identity unmerge RH5 'RH5|1002' 'RH5|1001' --reason "two people, ticket 4711"
              primary-conect identity unmerge RH5 - - --reason "two people"      both are read from standard input

            Writes one event, patient.unmerged.v1; the merge stays in the log. A merge that the hospital records later
            holds again. NHS numbers are never given as an argument.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The log (ODS code).")
    var log: String
    @Argument(help: "ISSUER|VALUE of the number that was given up; - reads it from standard input.")
    var loser: String
    @Argument(help: "ISSUER|VALUE of the number that stands for both now; - reads it from standard input.")
    var survivor: String
    @Option(help: "Why.")
    var reason: String
    @Flag(help: "Only says what would be done.")
    var dryRun = false
    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let reason = try OperatorInput.reason(reason)
            let lost = try Self.identifier(loser)
            let kept = try Self.identifier(survivor)
            let patient = PatientDetails(kept)
            guard let patient, let other = PriorIdentity(lost), let key = patient.key,
                let otherKey = other.patients.first
            else { throw CommandFailure(.badData, "One of these is no identifier: ISSUER|VALUE.") }
            let person = try Operator(try await Installation(options: installation))
            let tellings = try await person.reader.identityEvents(
                in: log, look: person.look("identity/\(log)/unmerge", purpose: reason)
            ).compactMap(IdentityTelling.init)
            var identities = Identities()
            for telling in tellings { identities.note(telling.event, position: telling.position) }
            guard let join = identities.patients.resolution.join(of: otherKey), join.to == key else {
                throw CommandFailure(
                    .badData, "In \(log) no merge of these two stands; nothing was written.",
                    next: "primary-conect identity aliases \(log)")
            }
            // A merge may bear a time that is still to come; it is taken back all the same.
            let at = max(WallClock.now(), Instant(microseconds: join.at.recorded.microseconds + 1))
            let unmerged = AdmissionEvent.unmerged(other, from: patient, by: person.subject, reason: reason, at: at)
            if dryRun {
                await person.close()
                return Console.out("The merge would be taken back. No change written (--dry-run).")
            }
            try confirmation.ask("Plan: take back, in \(log), that the one number stands for the other.")
            let outcome = try await person.append([OperatorAct(unmerged.newEvent)], to: log)
            await person.close()
            Console.out("OK  unmerged, event \(log) \(outcome.last ?? .origin)")
        }
    }

    private static func identifier(_ text: String) throws -> Identifier {
        var text = text
        let isTyped = text == "-"
        if isTyped { text = readLine() ?? "" }
        let parts = text.split(separator: "|", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw CommandFailure(.badData, "An identifier is written ISSUER|VALUE.") }
        guard isTyped || parts[0] != "NHS" else {
            throw CommandFailure(.notAllowed, "An NHS number is no argument: give - and write it to standard input.")
        }
        return Identifier(value: parts[1], issuer: parts[0])
    }
}

extension PatientDetails {
    /// The patient that an identifier names; `nil` for an NHS number that is none.
    fileprivate init?(_ identifier: Identifier) {
        guard identifier.issuer == "NHS" else {
            self.init(local: identifier)
            return
        }
        guard let number = NHSNumber(identifier.value) else { return nil }
        self.init(nhsNumber: number)
    }
}

extension PriorIdentity {
    /// The one patient that an identifier names; `nil` for an NHS number that is none.
    fileprivate init?(_ identifier: Identifier) {
        guard identifier.issuer == "NHS" else {
            self.init(identifiers: [identifier])
            return
        }
        guard let number = NHSNumber(identifier.value) else { return nil }
        self.init(nhsNumber: number)
    }
}
