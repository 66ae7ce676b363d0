import HL7v2

/// Takes a message about several patients or visits apart, so that each is read like any other.
///
/// ```
/// MSH EVN  PID PD1 PV1  PID PD1 PV1       A17: two patients
/// MSH EVN  PID PD1 MRG  PID PD1 MRG       A40: a group for each PID
/// MSH EVN  PID PD1  MRG PV1  MRG PV1      A45: a group for each MRG, PID and PD1 in each
/// ```
enum MessageGroups {
    /// The most groups of a message; real ones have a dozen.
    static let groupsMax = 100

    private struct Mark {
        let isPID: Bool
        let isMRG: Bool
        let start: Int
    }

    /// A message for each group, in order; the message itself where it has one at most.
    static func split(_ message: HL7Message) throws(ReasonCode) -> [HL7Message] {
        let marks = marks(message)
        let patients = marks.indices.filter { marks[$0].isPID }
        guard let first = patients.first else { return [message] }
        let head = 0..<marks[first].start
        var groups: [[Range<Int>]] = []
        for (place, index) in patients.enumerated() {
            let isLast = place + 1 == patients.count
            let next = isLast ? marks.endIndex : patients[place + 1]
            let end = isLast ? message.bytes.count : marks[next].start
            let starts = starts(of: marks[(index + 1)..<next])
            guard let lead = starts.first else {
                groups.append([head, marks[index].start..<end])
                continue
            }
            for (place, start) in starts.enumerated() {
                let stop = place + 1 == starts.count ? end : starts[place + 1]
                groups.append([head, marks[index].start..<lead, start..<stop])
            }
        }
        guard groups.count > 1 else { return [message] }
        guard groups.count <= groupsMax else { throw .groupsTooMany }
        var messages: [HL7Message] = []
        for ranges in groups {
            let bytes = ranges.flatMap { message.bytes[$0] }
            guard let group = try? HL7Message(bytes) else { throw .notHL7 }
            messages.append(group)
        }
        return messages
    }

    /// Where PID, MRG and PV1 begin, in order.
    private static func marks(_ message: HL7Message) -> [Mark] {
        message.segments.compactMap { segment in
            let name = segment.name
            guard name == "PID" || name == "MRG" || name == "PV1" else { return nil }
            // The first field lies behind the name and a separator, and where there is none, at the end of the name.
            let start = segment.field(1).rawBytes.startIndex - (segment.fieldCount > 0 ? 4 : 3)
            return Mark(isPID: name == "PID", isMRG: name == "MRG", start: start)
        }
    }

    /// Where the groups under one PID begin; none where there is one at most.
    ///
    /// Each begins with its MRG, or with its PV1 where that comes first.
    private static func starts(of marks: ArraySlice<Mark>) -> [Int] {
        let merges = marks.filter(\.isMRG)
        guard merges.count > 1, let first = marks.first else { return [] }
        let visits = marks.filter { !$0.isMRG }
        return (first.isMRG || visits.count == 1 ? merges : visits).map(\.start)
    }
}
