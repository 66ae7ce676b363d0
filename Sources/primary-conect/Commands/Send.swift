import ArgumentParser
import HL7v2
import MLLP

/// Sends messages over MLLP and shows each acknowledgement.
struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sends messages to an MLLP receiver and shows each acknowledgement.",
        discussion: """
            Examples:
              primary-conect send --to 127.0.0.1:2575 a01.hl7
              cat batch.hl7 | primary-conect send -

            A file may hold one message, many (blank lines, MLLP frames or just MSH lines between them), or a batch
            (FHS/BHS). Ends with 1 if any message was refused or not answered.
            """)

    @Option(help: "Where to.")
    var to = HostPort(host: "127.0.0.1", port: 2575)
    @Option(help: "Send all of it so many times.")
    var `repeat` = 1
    @Option(help: "At most so many messages.")
    var count: Int?
    @Option(help: "At most so many messages a second.")
    var rate: Double?
    @Option(help: "Give up on an acknowledgement after so many seconds.")
    var timeout = 30
    @Flag(help: "One JSON object a line.")
    var json = false
    @Flag(help: "Only the last line: how many were answered with what.")
    var quiet = false
    @Option(help: "TLS: the authorities that sign the receiver's certificate (PEM).")
    var tlsCa: String?
    @Option(help: "Mutual TLS: our certificate (PEM).")
    var tlsCert: String?
    @Option(help: "Mutual TLS: our key (PEM).")
    var tlsKey: String?
    @Argument(help: "Files; - for standard input.")
    var files: [String]

    func run() async throws {
        try await reporting {
            let pieces = try read()
            var link = try await connect()
            var tally = Tally()
            let clock = ContinuousClock()
            let started = clock.now
            let all = (0..<`repeat`).lazy.flatMap { _ in pieces }
            for (index, piece) in all.prefix(count ?? .max).enumerated() {
                if let rate, rate > 0 {
                    try await clock.sleep(until: started + .seconds(Double(index) / rate))
                }
                let sentAt = clock.now
                let answer: Answer
                do {
                    if !link.isOpen { link = try await connect() }
                    let wait = piece.wantsAnswer ? Duration.seconds(timeout) : Self.unwantedAnswerWait
                    answer = Answer(bytes: try await link.send(piece.bytes, deadline: wait))
                } catch MLLPError.answerDeadlineExceeded where !piece.wantsAnswer {
                    answer = .notWanted
                } catch let error as MLLPError {
                    answer = Answer(failure: error.code)
                }
                tally.add(answer)
                if !quiet { show(piece, answer, took: clock.now - sentAt) }
            }
            await link.close()
            tell(tally, took: clock.now - started)
            if tally.accepted < tally.total { throw ExitStatus.failed.exit }
        }
    }

    private struct Piece {
        let file: String
        let bytes: [UInt8]
        let controlID: String
        let kind: String
        /// Whether MSH-15/16 ask to be told that the message is stored.
        let wantsAnswer: Bool
    }

    /// How long a refusal may take of a message whose acceptance is not to be told.
    private static let unwantedAnswerWait = Duration.milliseconds(250)

    /// What came back: MSA-1, MSA-2 and MSA-3, or why nothing did.
    private struct Answer {
        var code = ""
        var text = ""
        var failure: String?

        init(failure: String) { self.failure = failure }

        init(bytes: [UInt8]) {
            guard let message = try? HL7Message(bytes), let msa = message.segment("MSA") else {
                failure = "answer-not-hl7"
                return
            }
            code = msa.field(1).string
            text = msa.field(3).string
        }

        private init(word: String) { code = word }

        /// The sender asked not to be told, and was not.
        static let notWanted = Answer(word: "not-wanted")

        var isAccepted: Bool { failure == nil && (code == "AA" || code == "CA" || code == Self.notWanted.code) }
        var word: String { failure ?? code }
    }

    private struct Tally {
        var total = 0
        var accepted = 0
        var byWord: [String: Int] = [:]

        mutating func add(_ answer: Answer) {
            total += 1
            if answer.isAccepted { accepted += 1 }
            byWord[answer.word, default: 0] += 1
        }
    }

    private func read() throws -> [Piece] {
        try files.flatMap { file -> [Piece] in
            let pieces = try MessageFiles.messages(in: file)
            if pieces.isEmpty { throw CommandFailure(.badData, "\(file) holds no message.") }
            return pieces.map { bytes in
                let header = (try? HL7Message(bytes))?.header
                let kind = header.map { $0.messageCode + ($0.triggerEvent.isEmpty ? "" : "^\($0.triggerEvent)") }
                return Piece(file: file, bytes: bytes, controlID: header?.controlID ?? "", kind: kind ?? "not HL7",
                    wantsAnswer: (header?.acknowledgementMode ?? .original).code(for: .accepted) != nil
                        && header?.messageCode != "ACK")
            }
        }
    }

    private func connect() async throws -> MLLPClient {
        var configuration = MLLPClientConfiguration()
        if tlsCa != nil || tlsCert != nil {
            configuration.tls = MLLPClientTLS(
                authoritiesFile: tlsCa, certificateChainFile: tlsCert, privateKeyFile: tlsKey)
        }
        do {
            return try await MLLPClient.connect(host: to.host, port: to.port, configuration: configuration)
        } catch {
            throw CommandFailure(.unavailable, "\(error)", next: "primary-conect doctor")
        }
    }

    private func show(_ piece: Piece, _ answer: Answer, took: Duration) {
        let milliseconds = Int((seconds(took) * 1000).rounded())
        if json {
            Console.out(
                "{\"schema\":\"send/1\",\"control_id\":\(jsonText(piece.controlID)),\"kind\":\(jsonText(piece.kind)),"
                    + "\"answer\":\(jsonText(answer.word)),\"text\":\(jsonText(answer.text)),\"ms\":\(milliseconds)}")
            return
        }
        let text = answer.text.isEmpty ? "" : "  \(answer.text)"
        let control = piece.controlID.isEmpty ? "(none)" : piece.controlID
        Console.out("MSH-10 \(control)  \(piece.kind)  ->  \(answer.word)  \(milliseconds)ms\(text)")
    }

    private func tell(_ tally: Tally, took: Duration) {
        let words = tally.byWord.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        Console.error("\(grouped(tally.total)) sent in \(spoken(seconds(took))): \(words)")
    }
}

/// A JSON string (RFC 8259 section 7).
func jsonText(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
