@testable import HL7v2

/// Uses every accessor there is on whatever bytes are given; the result does not matter, only that there is one.
enum Everything {
    private static let numbers = [Int.min, 0, 1, 2, Int.max]

    /// Returns how many segments were read.
    @discardableResult
    static func read(_ bytes: [UInt8]) -> Int {
        for piece in HL7Batch.split(bytes) where piece.bytes.count < bytes.count { read(piece.bytes) }
        guard let message = try? HL7Message(bytes) else { return 0 }
        let segments = message.segments
        for segment in segments {
            _ = segment.name
            for number in numbers + Array(1...min(segment.fieldCount + 1, 60)) { read(segment.field(number)) }
        }
        let header = message.header
        for text in [
            header.sendingApplication, header.sendingFacility, header.receivingApplication, header.receivingFacility,
            header.messageCode, header.triggerEvent, header.structure, header.controlID, header.processingID,
            header.version, header.acceptAck, header.applicationAck, header.characterSet,
        ] {
            _ = text.count
        }
        _ = header.time
        _ = header.sequenceNumber
        _ = message.characterSet.isAsLabelled
        _ = message.headerCount
        for path in ["PID-3(2).4.2", "MSH-1", "MSH-2", "PV1(2)-44", "EVN-2"] { _ = message.value(path) }
        for name in ["PID", "MSH", "ZZZ"] as [StaticString] {
            _ = message.segments(name).count
            _ = message.segment(name, 1)
        }
        for outcome in HL7Outcome.allCases { _ = header.acknowledgementMode.code(for: outcome) }
        let errors = [HL7ErrorLocation(segment: "PID", field: 3, code: .dataType, text: "x")]
        let answer = HL7Acknowledgement(code: .ae, to: header, controlID: "1", at: 0, text: "t", errors: errors)
        _ = try? HL7Message(answer.bytes)
        return segments.count
    }

    private static func read(_ element: HL7Element) {
        describe(element)
        guard element.hasValue else { return }
        for repetition in element.repetitions.prefix(3) {
            describe(repetition)
            for number in 1...2 {
                let component = repetition.component(number)
                describe(component)
                describe(component.subcomponent(2))
            }
        }
        for number in numbers {
            _ = element.repetition(number).rawBytes
            _ = element.component(number).rawBytes
            _ = element.subcomponent(number).rawBytes
        }
    }

    private static func describe(_ element: HL7Element) {
        _ = element.string
        _ = element.value
        _ = element.isEmpty && element.isNull && element.hasValue
        _ = element.equals("NHS")
        _ = element.rawBytes.count
        _ = element.withSpan { $0.count }
        if let time = element.timestamp {
            _ = time.resolved()
            _ = time.resolved(hint: .max)
            _ = HL7Timestamp(parsing: time.text)
            _ = time.dateText
            _ = time.isSentinel
        }
    }
}
