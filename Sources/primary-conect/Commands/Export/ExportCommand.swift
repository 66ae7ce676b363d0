import ArgumentParser
import Audit
import EventSourcing
import PracticeService

/// Takes out what is stored.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Events, messages, views and access records as files; each export is recorded.",
        discussion: """
            Examples:
              primary-conect export events --log RH5 --since 2026-03-01 --out events.ndjson --reason "research 4711" \\
                --no-identifiers
              primary-conect export view encounter --practice Z99001 --format csv --out board.csv --reason "IG review"
              primary-conect export access --format fhir --out audit-events.ndjson --reason "IG review"

            Rows come as of one moment, a batch at a time, however many there are. A file is there whole or not at all, and
            none is written over. --no-identifiers leaves out names, addresses, birth dates but for the year, free text and
            the bytes of messages, and puts pseudonyms for numbers and people, the same throughout one export;
            'export fields' lists what becomes of each field.
            """,
        subcommands: [
            ExportEvents.self, ExportMessages.self, ExportView.self, ExportAccess.self, ExportEvidence.self,
            ExportFields.self,
        ])
}

/// What every export is told.
struct ExportOptions: ParsableArguments {
    @OptionGroup var installation: InstallationOptions
    @Option(help: "The file; standard output without it. Never written over.")
    var out: String?
    @Option(help: "ndjson, csv or json; of access records also fhir.")
    var format = "ndjson"
    @Flag(help: "Without anything that names a person.")
    var noIdentifiers = false
    @Option(help: "Why; recorded.")
    var reason: String?
    @Option(help: "auto, plain, json or none.")
    var progress = ProgressStyle.auto

    func exportFormat() throws -> ExportFormat {
        guard let format = ExportFormat(rawValue: format) else {
            throw CommandFailure(.badData, "--format is ndjson, csv or json.")
        }
        return format
    }

    /// Writes a file from batches, with progress; nothing is left of it where something fails.
    func writing(
        _ label: String, total: Int?, _ body: (OutputFile, ProgressBar) async throws -> Void
    ) async throws {
        let file = try OutputFile(out)
        let bar = ProgressBar(label, total: total, unit: "rows", style: out == nil ? .none : progress)
        do {
            try await body(file, bar)
            try file.finish()
        } catch {
            file.discard()
            throw error
        }
        bar.finish()
    }

    /// Exports one subject.
    func export(_ subject: ExportSubject, route: String, practice: String?, total: (ExportReader) async throws -> Int?)
        async throws
    {
        let reason = try OperatorInput.reason(reason)
        let format = try exportFormat()
        let without = noIdentifiers ? Pseudonymiser() : nil
        try await Auditor.working(in: installation) { auditor in
            let reader = ExportReader(pool: auditor.pool)
            try await writing(route, total: try await total(reader)) { file, bar in
                var writer = ExportWriter(format, columns: noIdentifiers ? subject.rules.keys.sorted() : nil)
                let look = auditor.look(
                    "export/\(route)", practice: practice, reason: reason + (noIdentifiers ? " (no identifiers)" : ""))
                try await reader.each(subject, without: without, look: look) { rows in
                    try file.write(writer.bytes(rows))
                    bar.advance(by: rows.count)
                }
                try file.write(writer.end)
            }
        }
    }
}

/// The events of the logs.
struct ExportEvents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Events, by log and position, with what their leaves commit to.")

    @OptionGroup var options: ExportOptions
    @Option(help: "Of this log only (ODS code).")
    var log: String?
    @Option(help: "Recorded from this moment on: a day, or RFC 3339.")
    var since: MomentArgument?
    @Option(help: "Recorded before this moment.")
    var until: MomentArgument?

    func run() async throws {
        try await reporting {
            let log = try log.map { try OperatorInput.log($0).rawValue }
            let isWhole = since == nil && until == nil
            try await options.export(
                .events(log: log, since: since?.instant, until: until?.instant), route: "events", practice: nil
            ) { isWhole ? try await $0.eventCount(of: log) : nil }
        }
    }
}

/// The messages of the hospitals.
struct ExportMessages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "Messages as they came, in base 64, and what was answered.")

    @OptionGroup var options: ExportOptions
    @Option(help: "Of this log only (ODS code).")
    var log: String?
    @Option(help: "Received from this moment on: a day, or RFC 3339.")
    var since: MomentArgument?
    @Option(help: "Received before this moment.")
    var until: MomentArgument?

    func run() async throws {
        try await reporting {
            let log = try log.map { try OperatorInput.log($0).rawValue }
            try await options.export(
                .messages(log: log, since: since?.instant, until: until?.instant), route: "messages", practice: nil
            ) { _ in nil }
        }
    }
}

/// A view as it is now.
struct ExportView: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view",
        abstract: "A view as it is now: \(FieldRules.views.keys.sorted().joined(separator: ", ")).",
        aliases: ["views"])

    @OptionGroup var options: ExportOptions
    @Argument(help: "The view.")
    var view: String
    @Option(help: "Of this practice only (ODS code).")
    var practice: String?

    func run() async throws {
        try await reporting {
            guard let rules = FieldRules.views[view] else {
                throw CommandFailure(
                    .badData, "There is no view '\(view)'; there are \(FieldRules.views.keys.sorted().joined(separator: ", ")).")
            }
            guard practice == nil || rules["practice"] != nil else {
                throw CommandFailure(.badData, "\(view) is no practice's: leave --practice out.")
            }
            let practice = practice?.uppercased()
            try await options.export(.view(view, practice: practice), route: "views/\(view)", practice: practice) { _ in
                nil
            }
        }
    }
}

/// The access records.
struct ExportAccess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Access records; with --format fhir as AuditEvents of FHIR R4, one a line.")

    @OptionGroup var options: ExportOptions
    @Option(help: "On behalf of this practice (ODS code).")
    var practice: String?
    @Option(help: "From this moment on: a day, or RFC 3339.")
    var since: MomentArgument?
    @Option(help: "Before this moment.")
    var until: MomentArgument?

    func run() async throws {
        try await reporting {
            let reason = try OperatorInput.reason(options.reason)
            let isFHIR = options.format == "fhir"
            guard !isFHIR || !options.noIdentifiers else {
                throw CommandFailure(.badData, "AuditEvents name people: leave out --no-identifiers, or choose ndjson.")
            }
            let format = isFHIR ? ExportFormat.ndjson : try options.exportFormat()
            let without = options.noIdentifiers ? Pseudonymiser() : nil
            var question = AccessQuestion(
                practice: practice?.uppercased(), since: since?.instant, until: until?.instant)
            if isFHIR { question.kinds = AuditEventResource.kinds }
            let asked = question
            try await Auditor.working(in: options.installation) { auditor in
                let look = auditor.look("export/access", practice: asked.practice, reason: reason)
                try await options.writing("access", total: nil) { file, bar in
                    var writer = ExportWriter(
                        format, columns: options.noIdentifiers ? FieldRules.access.keys.sorted() : nil)
                    try await AccessReader(pool: auditor.pool).each(asked, look: look) { lines in
                        if isFHIR {
                            for line in lines { try file.write(AuditEventResource.json(line) + [UInt8(ascii: "\n")]) }
                        } else {
                            try file.write(writer.bytes(lines.map { Self.row($0, without) }))
                        }
                        bar.advance(by: lines.count)
                    }
                    try file.write(writer.end)
                }
            }
        }
    }

    private static func row(_ line: AccessLine, _ without: Pseudonymiser?) -> ExportRow {
        let row = ExportRow(line)
        return without?.row(row, FieldRules.access) ?? row
    }
}

/// What becomes of each field where identifiers are taken out.
struct ExportFields: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fields",
        abstract: "What --no-identifiers makes of each field; what is not listed is left out.")

    func run() {
        var table = Table("WHERE", "FIELD", "BECOMES")
        for line in FieldRules.table { table.add(line.place, line.field, line.rule) }
        Console.out(table.text)
    }
}
