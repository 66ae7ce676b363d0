extension HL7Message {
    /// The value at a path such as `PID-3(1).4.2`, for tools and tests.
    ///
    /// Segment, hyphen, field; the occurrence of the segment and the repetition of the field in round or square
    /// brackets, counted from 1; component and sub-component after points: `NK1(2)-2.1`, `PV1-19.1`, `PID-3[2]`. Nil if
    /// the value is absent, empty or null, or the path is malformed.
    package func value(_ path: String) -> String? {
        element(path)?.value
    }

    /// The element at a path, see `value(_:)`; nil if the segment is absent or the path malformed.
    package func element(_ path: String) -> HL7Element? {
        guard let path = HL7Path(path), let segment = segment(packed: path.segment, path.occurrence - 1) else {
            return nil
        }
        var element = segment.field(path.field)
        if let repetition = path.repetition { element = element.repetition(repetition) }
        if let component = path.component { element = element.component(component) }
        if let subcomponent = path.subcomponent { element = element.subcomponent(subcomponent) }
        return element
    }
}

/// A place in a message, read from text.
struct HL7Path: Hashable, Sendable {
    private(set) var segment: UInt32 = 0
    private(set) var occurrence = 1
    private(set) var field = 0
    private(set) var repetition: Int?
    private(set) var component: Int?
    private(set) var subcomponent: Int?

    /// Longest number in a path: no message has a billion fields.
    private static let digitsMax = 9

    init?(_ text: String) {
        var rest = text.utf8[...]
        segment = SegmentName.packed(text: rest.prefix(3))
        guard segment != 0 else { return nil }
        rest = rest.dropFirst(3)
        if let close = Self.closingBracket(&rest) {
            guard let number = Self.number(&rest), Self.take(close, from: &rest) else { return nil }
            occurrence = number
        }
        guard Self.take("-", from: &rest), let number = Self.number(&rest) else { return nil }
        field = number
        if let close = Self.closingBracket(&rest) {
            guard let number = Self.number(&rest), Self.take(close, from: &rest) else { return nil }
            repetition = number
        }
        if Self.take(".", from: &rest) {
            guard let number = Self.number(&rest) else { return nil }
            component = number
            if Self.take(".", from: &rest) {
                guard let number = Self.number(&rest) else { return nil }
                subcomponent = number
            }
        }
        guard rest.isEmpty else { return nil }
    }

    /// Takes an opening bracket if there is one, and tells what closes it.
    private static func closingBracket(_ rest: inout Substring.UTF8View) -> Unicode.Scalar? {
        if take("(", from: &rest) { return ")" }
        return take("[", from: &rest) ? "]" : nil
    }

    private static func take(_ character: Unicode.Scalar, from rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func number(_ rest: inout Substring.UTF8View) -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty, digits.count <= digitsMax else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
