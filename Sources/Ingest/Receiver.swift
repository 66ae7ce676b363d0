package import EventSourcing
import ADT
import HL7v2

/// Takes one message from bytes to acknowledgement.
///
/// ```
/// frame ─▶ HL7Message ─▶ Reading ─▶ Entry ─▶ log.append ─▶ Receipt ─▶ Acknowledgement
/// ```
///
/// The accepting acknowledgement needs a `Receipt`, and only the log makes receipts, so nothing is accepted before it
/// is durable. What cannot be understood is kept in quarantine and still accepted: a rejected message would block
/// the hospital's queue, an errored one would be skipped and lost (domain.md 2.5).
package struct Receiver: Sendable {
    private let log: any MessageLog
    private let feeds: FeedDirectory
    private let now: @Sendable () -> Instant
    private let noticeUnlisted: @Sendable (String) -> Void

    /// - Parameter noticeUnlisted: told the facility (MSH-4 as sent) of each message whose facility is not listed.
    package init(
        log: any MessageLog, feeds: FeedDirectory, now: @escaping @Sendable () -> Instant,
        noticeUnlisted: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.log = log
        self.feeds = feeds
        self.now = now
        self.noticeUnlisted = noticeUnlisted
    }

    /// Stores what one frame holds and says what to answer: one acknowledgement a message, in order.
    ///
    /// A frame holds one message; a batch, or several messages glued together, is taken apart and each is stored as
    /// its own (domain.md 2.8). An empty answer (`bytes` empty) means that none is wanted.
    package func receive(_ frame: [UInt8], from peer: String) async -> [Acknowledgement] {
        if let message = try? HL7Message(frame), message.headerCount == 1 {
            return [await receive(message, from: peer)]
        }
        let pieces = HL7Batch.split(frame)
        guard pieces.contains(where: { $0.kind == .message }) else {
            return [await receiveUnreadable(frame, from: peer)]
        }
        var answers: [Acknowledgement] = []
        for piece in pieces {
            if let message = try? HL7Message(piece.bytes) {
                answers.append(await receive(message, from: peer))
            } else {
                answers.append(await receiveUnreadable(piece.bytes, from: peer))
            }
        }
        return answers
    }

    /// Answers a frame that was given up at the limit: nothing is stored, the sender is told and cut off.
    ///
    /// - Parameter head: the first bytes of it, for the control id.
    package func refuseOversize(head: [UInt8]) -> Acknowledgement {
        .refusingOversize((try? HL7Message(head))?.header, at: now())
    }

    private func receive(_ message: HL7Message, from peer: String) async -> Acknowledgement {
        let header = message.header
        let (application, facility) = (header.sendingApplication, header.sendingFacility)
        let reader = feeds.reader(application: application, facility: facility)
        if reader.feed.log == feeds.unlisted.log { noticeUnlisted(facility) }
        let reading = reader.adt.read(message)
        let entry = Entry(
            log: reader.feed.log,
            message: ReceivedMessage(
                sender: application + "|" + facility, controlID: header.controlID,
                bytes: message.bytes, trigger: reading.trigger, disposition: reading.disposition,
                reason: reading.reason?.rawValue, answer: answerCode(header, reading.answer), receivedFrom: peer),
            events: reading.events)
        do {
            let receipt = try await log.append(entry)
            return switch reading.answer {
            case .accept: .accepting(header, receipt)
            case .silence: .silent
            case .reject(let code, let text):
                .refusing(
                    header, receipt,
                    error: HL7ErrorLocation(code: HL7ErrorCode(rawValue: code) ?? .internalError, text: text))
            }
        } catch {
            return .unavailable(header, at: now())
        }
    }

    private func receiveUnreadable(_ bytes: [UInt8], from peer: String) async -> Acknowledgement {
        let reading = Reading.unreadable
        let entry = Entry(
            log: feeds.unlisted.log,
            message: ReceivedMessage(
                sender: "", controlID: "", bytes: bytes, trigger: "", disposition: reading.disposition,
                reason: reading.reason?.rawValue, answer: AckCode.ar.rawValue, receivedFrom: peer),
            events: reading.events)
        do {
            return .refusingUnreadable(try await log.append(entry))
        } catch {
            return .unavailable(nil, at: now())
        }
    }

    private func answerCode(_ header: HL7Header, _ answer: Reading.Answer) -> String {
        switch answer {
        case .accept: header.acknowledgementMode.code(for: .accepted)?.rawValue ?? ""
        case .reject: header.acknowledgementMode.code(for: .rejected)?.rawValue ?? ""
        case .silence: ""
        }
    }
}
