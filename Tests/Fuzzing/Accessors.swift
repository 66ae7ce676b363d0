import HL7v2

/// Looks at a message by every accessor there is; what they say does not matter, only that they say it.
enum Accessors {
    private static let numbers = [Int.min, -1, 0, 1, 2, 3, 9, Int.max]
    /// The most segments looked at, so that a message of thousands does not decide the speed of all.
    private static let segmentsMax = 24
    private static let fieldsMax = 60

    static func touch(_ message: HL7Message) {
        let header = message.header
        for text in [
            header.sendingApplication, header.sendingFacility, header.receivingApplication, header.receivingFacility,
            header.messageCode, header.triggerEvent, header.structure, header.controlID, header.processingID,
            header.version, header.acceptAck, header.applicationAck, header.characterSet,
        ] {
            _ = text.utf8.count
        }
        _ = header.time?.resolved()
        _ = header.sequenceNumber
        _ = message.characterSet.isAsLabelled
        _ = message.headerCount
        for path in ["PID-3(2).4.2", "MSH-1", "MSH-2", "PV1(2)-44", "EVN-2", "MRG-1(3).1"] { _ = message.value(path) }
        for segment in message.segments.prefix(segmentsMax) {
            _ = segment.name
            for number in [Int.min, 0, Int.max] { touch(segment.field(number)) }
            for number in 1...max(1, min(segment.fieldCount + 1, fieldsMax)) { touch(segment.field(number)) }
        }
    }

    private static func touch(_ field: HL7Element) {
        describe(field)
        guard field.hasValue else { return }
        for repetition in field.repetitions.prefix(3) {
            describe(repetition)
            for number in 1...3 {
                describe(repetition.component(number))
                describe(repetition.component(number).subcomponent(2))
            }
        }
        for number in numbers {
            _ = field.repetition(number).rawBytes
            _ = field.component(number).rawBytes
            _ = field.subcomponent(number).rawBytes
        }
    }

    private static func describe(_ element: HL7Element) {
        _ = element.string.utf8.count
        _ = element.value
        _ = element.isEmpty && element.isNull && element.hasValue
        _ = element.equals("NHS")
        guard let time = element.timestamp else { return }
        _ = time.resolved()
        _ = time.resolved(hint: .min)
        _ = time.resolved(hint: .max)
        _ = HL7Timestamp(parsing: time.text)
        _ = time.dateText
        _ = time.isSentinel
    }
}
