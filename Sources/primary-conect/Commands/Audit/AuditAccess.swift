import ArgumentParser
import Audit
import EventLog
import EventSourcing

/// Who looked at what.
struct AuditAccess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Who looked: at one patient, for one practice, by one user or client, in a window of time.",
        discussion: """
            Examples:
              primary-conect audit access --patient --html --reason "subject access request 4711" < number > report.html
              primary-conect audit access --practice Z99001 --since 2026-03-02 --until 2026-03-03 --reason "weekly check"
              primary-conect audit access --kind denial --kind reveal --csv --reason "IG review" > review.csv

            --patient reads an NHS number from standard input, never from the command line. It finds every look that showed
            the person, under whatever ref and at whatever practice: records that a hospital joined to theirs count. Of
            other patients in the same answer it says how many. --html is a page for the patient to read or print.

            Kinds: look, reveal (the place of a restricted patient), break-glass, grant (a practice was opened), denial,
            poll. Times are London's in the table and in HTML, UTC elsewhere. Reading all this is recorded, with the reason
            and the patients named. Printed sheets are not recorded yet.
            """)

    @OptionGroup var installation: InstallationOptions
    @Flag(help: "Of one patient, whose NHS number is read from standard input.")
    var patient = false
    @Option(help: "Of one patient, by a ref of any practice: pt_…")
    var patientRef: String?
    @Option(help: "On behalf of this practice (ODS code).")
    var practice: String?
    @Option(help: "By this user: the subject of the token.")
    var user: String?
    @Option(help: "By this client of the token.")
    var client: String?
    @Option(help: "From this moment on: a day, or RFC 3339.")
    var since: MomentArgument?
    @Option(help: "Before this moment.")
    var until: MomentArgument?
    @Option(help: "Only this kind; may be repeated.")
    var kind: [String] = []
    @Option(help: "Why you look; recorded.")
    var reason: String?
    @Flag(help: "CSV: one line a look, safe to open in a spreadsheet.")
    var csv = false
    @Flag(help: "A page of HTML.")
    var html = false
    @Flag(help: "NDJSON: one object a line.")
    var json = false

    func run() async throws {
        try await reporting {
            let reason = try OperatorInput.reason(reason)
            guard [csv, html, json].filter({ $0 }).count <= 1 else {
                throw CommandFailure(.badData, "One of --csv, --html and --json.")
            }
            let question = try question()
            try await Auditor.working(in: installation) { auditor in
                let tell = teller(question)
                var count = 0
                tell.begin()
                try await AccessReader(pool: auditor.pool).each(
                    question, look: auditor.look("audit/access", practice: question.practice, reason: reason)
                ) { lines in
                    count += lines.count
                    tell.tell(lines)
                }
                tell.end(count: count)
            }
        }
    }

    private func question() throws -> AccessQuestion {
        var question = AccessQuestion(
            practice: practice?.uppercased(), user: user, client: client, since: since?.instant, until: until?.instant)
        guard !patient || patientRef == nil else {
            throw CommandFailure(.badData, "One of --patient and --patient-ref.")
        }
        if patient { question.person = .nhsNumber(try Auditor.numberFromInput()) }
        if let patientRef {
            guard patientRef.hasPrefix("pt_") else {
                throw CommandFailure(.badData, "A ref of a patient begins with pt_; an NHS number is read by --patient.")
            }
            question.person = .ref(patientRef)
        }
        for name in kind {
            guard let kind = AccessLine.Kind(rawValue: name) else {
                let all = AccessLine.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(.badData, "--kind is one of \(all).")
            }
            question.kinds.insert(kind)
        }
        return question
    }

    private func teller(_ question: AccessQuestion) -> any AccessTeller {
        if csv { return AccessCSVTeller() }
        if json { return AccessJSONTeller() }
        if html {
            return AccessHTMLTeller(
                page: AccessPageHTML(
                    isOfOnePatient: question.person != nil, since: question.since, until: question.until,
                    madeAt: WallClock.now()))
        }
        return AccessTableTeller(isOfOnePatient: question.person != nil)
    }
}

/// Writes lines of a report as they come, so that a long one need not be in memory.
protocol AccessTeller {
    func begin()
    func tell(_ lines: [AccessLine])
    func end(count: Int)
}

/// CSV with the names of `AccessWords.columns`.
struct AccessCSVTeller: AccessTeller {
    func begin() { Console.outRaw(CSVText.line(AccessWords.columns)) }
    func tell(_ lines: [AccessLine]) {
        Console.outRaw(lines.map { CSVText.line(AccessWords.values($0)) }.joined())
    }
    func end(count: Int) {}
}

/// One object a line, `access/1`.
struct AccessJSONTeller: AccessTeller {
    func begin() {}
    func tell(_ lines: [AccessLine]) {
        var bytes: [UInt8] = []
        for line in lines {
            var json = JSONWriter()
            line.encode(into: &json)
            bytes += json.bytes + [0x0A]
        }
        Console.outRaw(String(decoding: bytes, as: UTF8.self))
    }
    func end(count: Int) {}
}

/// A page for a browser or a printer.
struct AccessHTMLTeller: AccessTeller {
    let page: AccessPageHTML
    func begin() { Console.outRaw(page.head) }
    func tell(_ lines: [AccessLine]) { Console.outRaw(page.rows(lines)) }
    func end(count: Int) { Console.outRaw(page.foot(count: count)) }
}

/// A table for people, 500 lines at a time.
struct AccessTableTeller: AccessTeller {
    let isOfOnePatient: Bool

    func begin() {}

    func tell(_ lines: [AccessLine]) {
        var table = Table("TIME", "PRACTICE", "WHO", "ROLE", "DID", "SAW", "REQUEST")
        for line in lines {
            table.add(
                AccessWords.time(line.at), line.practice, MaskedMessage.printable("\(line.subject) (\(line.client))"),
                line.role, "\(line.kind.rawValue) \(line.route)", saw(line), line.requestID)
        }
        Console.out(table.text)
    }

    func end(count: Int) {
        Console.out(count == 0 ? "No such look." : "\(count) line\(count == 1 ? "" : "s").")
    }

    private func saw(_ line: AccessLine) -> String {
        switch line.kind {
        case .denial: "nothing: \(line.denial ?? "")"
        case .poll: "nothing new, \(line.count) times"
        case .grant: line.isReviewed == true ? "reviewed" : "not reviewed"
        case .look, .reveal, .breakGlass:
            !isOfOnePatient && line.patients == 1
                ? line.refs[0] : AccessWords.company(line, ofOnePatient: false) + (line.patients > 1 ? " patients" : "")
        }
    }
}
