import Foundation
import HL7v2
import MLLP

/// A hospital's interface engine: one message in flight, sent again, the same bytes, until it is accepted.
struct Sender: Sendable {
    let port: @Sendable () -> Int?

    /// Sends all of them in order and gives the answers.
    func send(
        _ messages: [[UInt8]], within limit: Duration = .seconds(120),
        acknowledged: @Sendable (Int, String) async -> Void = { _, _ in }
    ) async throws {
        let deadline = ContinuousClock.now + limit
        var link: MLLPClient?
        for (index, message) in messages.enumerated() {
            while true {
                guard ContinuousClock.now < deadline else { throw NeverSeen() }
                do {
                    let open: MLLPClient
                    if let known = link, known.isOpen {
                        open = known
                    } else {
                        guard let port = port() else {
                            await Task.yield()
                            continue
                        }
                        open = try await MLLPClient.connect(host: "127.0.0.1", port: port)
                        link = open
                    }
                    let code = Self.code(try await open.send(message))
                    if code == "AA" {
                        await acknowledged(index, code)
                        break
                    }
                } catch {
                    await link?.close()
                    link = nil
                    await Task.yield()
                }
            }
        }
        await link?.close()
    }

    /// MSA-1 of an answer.
    static func code(_ answer: [UInt8]) -> String {
        (try? HL7Message(answer))?.segment("MSA")?.field(1).string ?? ""
    }

    /// MSA-2 of an answer.
    static func controlID(_ answer: [UInt8]) -> String {
        (try? HL7Message(answer))?.segment("MSA")?.field(2).string ?? ""
    }
}
