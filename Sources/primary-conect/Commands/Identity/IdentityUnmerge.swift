import Admissions
import ArgumentParser
import EventLog
import EventSourcing

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
    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let reason = try OperatorInput.reason(reason)
            let lost = PatientDetails(try Self.identifier(loser))
            let kept = PatientDetails(try Self.identifier(survivor))
            guard let lost, let kept else {
                throw CommandFailure(.badData, "One of these is no identifier: ISSUER|VALUE.")
            }
            try await Operator.working(in: try await Installation(options: installation)) { person in
                try await part(lost, from: kept, in: log, because: reason, by: person)
            }
        }
    }

    private func part(
        _ lost: PatientDetails, from kept: PatientDetails, in log: LogName, because reason: String, by person: Operator
    ) async throws {
        let tellings = try await person.reader.identityEvents(
            in: log, look: person.look("identity/\(log)/unmerge", purpose: reason)
        ).compactMap(IdentityTelling.init)
        var identities = Identities()
        for telling in tellings { identities.note(telling.event, position: telling.position) }
        guard let join = lost.key.flatMap(identities.patients.resolution.join(of:)), join.to == kept.key else {
            throw CommandFailure(
                .badData, "In \(log) no merge of these two stands; nothing was written.",
                next: "primary-conect identity aliases \(log)")
        }
        // A merge may bear a time that is still to come; it is taken back all the same.
        let at = max(WallClock.now(), Instant(microseconds: join.at.recorded.microseconds + 1))
        let prior = PriorIdentity(identifiers: lost.local.map { [$0] } ?? [], nhsNumber: lost.nhsNumber)
        let unmerged = AdmissionEvent.unmerged(prior, from: kept, by: person.subject, reason: reason, at: at)
        let isMeant = try confirmation.allows(
            "Plan: take back, in \(log), that the one number stands for the other.",
            otherwise: "The merge would be taken back.")
        guard isMeant else { return }
        let outcome = try await person.append([OperatorAct(unmerged.newEvent)], to: log)
        Console.out("OK  unmerged, event \(log) \(outcome.last ?? .origin)")
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
