/// A field, repetition, component or sub-component: a range of the message's bytes, decoded only when asked.
///
/// Total: a number out of range gives an empty element. Asked for a part two levels down it takes the first on the way:
/// a field's component is that of its first repetition, its sub-component that of its first component. Asked for a part
/// of its own level or above, it is its own first (HL7 v2 chapter 2.5: a value may always grow parts in a later version,
/// and the first part is then the old value).
package struct HL7Element: Sendable {
    /// How far down the element lies.
    enum Level: UInt8, Sendable {
        case field
        case repetition
        case component
        case subcomponent
        /// MSH-1, MSH-2 and segment names: neither divided nor unescaped.
        case verbatim
    }

    let bytes: [UInt8]
    private let low: UInt32
    private let high: UInt32
    private let context: ReadingContext
    private let level: Level

    @inline(__always)
    init(bytes: [UInt8], start: Int, end: Int, context: ReadingContext, level: Level) {
        self.bytes = bytes
        // A message has at most 2³⁰ bytes, see HL7Message.bytesMax.
        low = UInt32(truncatingIfNeeded: start)
        high = UInt32(truncatingIfNeeded: end)
        self.context = context
        self.level = level
    }

    private var start: Int { Int(low) }
    private var end: Int { Int(high) }

    // MARK: What it holds

    /// Nothing but blanks and the delimiters of empty parts: the sender says nothing about it.
    package var isEmpty: Bool {
        let span = bytes.span.bytes
        let delimiters = context.delimiters
        for offset in start..<end {
            let byte = span[at: offset]
            if byte <= 0x20 { continue }
            switch level {
            case .field where byte == delimiters.repetition: continue
            case .field where byte == delimiters.component || byte == delimiters.subcomponent: continue
            case .repetition where byte == delimiters.component || byte == delimiters.subcomponent: continue
            case .component where byte == delimiters.subcomponent: continue
            default: return false
            }
        }
        return true
    }

    /// Exactly `""`: the sender says that the value is to be deleted (HL7 v2 chapter 2.5.3).
    package var isNull: Bool {
        let end = trimmedEnd
        guard end - start == 2 else { return false }
        let span = bytes.span.bytes
        return span[at: start] == 0x22 && span[at: start + 1] == 0x22
    }

    /// Neither empty nor null.
    package var hasValue: Bool { !isEmpty && !isNull }

    /// The text: unescaped, decoded, without trailing blanks; `""` if empty or null.
    ///
    /// All of the element's bytes, delimiters of its parts included: ask for `component(1)` to have the first part only.
    /// NUL bytes are left out, for no database text can hold them. `rawBytes` has everything.
    package var string: String {
        let end = trimmedEnd
        if isEmpty || isNull { return "" }
        let escape = level == .verbatim ? 0 : context.delimiters.escape
        let span = bytes.span.bytes
        if context.isUTF8, WordScan.firstOffset(of: escape, or: 0, in: span, from: start, to: end) == end {
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
        return HL7Decoding.text(
            bytes.span.extracting(start..<end), delimiters: context.delimiters, escape: escape, isUTF8: context.isUTF8)
    }

    /// The text, or nil if the element is empty or null.
    package var value: String? {
        let text = string
        return text.isEmpty ? nil : text
    }

    /// The bytes as received: not unescaped, not decoded, not trimmed.
    package var rawBytes: ArraySlice<UInt8> { bytes[start..<end] }

    /// Gives the bytes as received to `body`, without copying.
    package func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.span.extracting(start..<end))
    }

    /// Whether the bytes, trailing blanks aside, are those of `ascii`; case counts, and no String is made.
    package func equals(_ ascii: StaticString) -> Bool {
        let count = trimmedEnd - start
        guard count == ascii.utf8CodeUnitCount else { return false }
        let span = bytes.span.bytes
        // The buffer is the literal's own bytes, valid for the life of the program.
        return ascii.withUTF8Buffer { literal in
            for place in 0..<count where unsafe literal[place] != span[at: start + place] { return false }
            return true
        }
    }

    /// The time in the first part; nil if there is none or it is no time, see `HL7Timestamp`.
    package var timestamp: HL7Timestamp? {
        let first = subcomponent(1)
        return HL7Timestamp(parsing: bytes.span.extracting(first.start..<first.end))
    }

    // MARK: Its parts

    /// The repetitions, in order: none for an empty field, one for a field without a repetition separator.
    ///
    /// Empty ones between separators are kept, so that the numbers are those the sender counts by.
    package var repetitions: [HL7Element] {
        guard start < end else { return [] }
        guard level == .field else { return [self] }
        var found: [HL7Element] = []
        var from = start
        while true {
            let to = offset(of: context.delimiters.repetition, from: from)
            found.append(part(from: from, to: to, level: .repetition))
            if to == end { return found }
            from = to + 1
        }
    }

    /// Repetition `number`, counted from 1.
    package func repetition(_ number: Int) -> HL7Element {
        guard level == .field else { return number == 1 ? self : absent }
        return nth(number, by: context.delimiters.repetition, orUntil: context.delimiters.repetition, as: .repetition)
    }

    /// Component `number`, counted from 1; of the first repetition if this is a field.
    package func component(_ number: Int) -> HL7Element {
        switch level {
        case .field:
            nth(number, by: context.delimiters.component, orUntil: context.delimiters.repetition, as: .component)
        case .repetition:
            nth(number, by: context.delimiters.component, orUntil: context.delimiters.component, as: .component)
        case .component, .subcomponent, .verbatim:
            number == 1 ? self : absent
        }
    }

    /// Sub-component `number`, counted from 1; of the first component if this is a field or a repetition.
    package func subcomponent(_ number: Int) -> HL7Element {
        switch level {
        case .field, .repetition:
            component(1).subcomponent(number)
        case .component:
            nth(number, by: context.delimiters.subcomponent, orUntil: context.delimiters.subcomponent, as: .subcomponent)
        case .subcomponent, .verbatim:
            number == 1 ? self : absent
        }
    }

    /// Part `number` between separators, looking no farther than `stop`.
    @inline(__always)
    private func nth(_ number: Int, by separator: UInt8, orUntil stop: UInt8, as level: Level) -> HL7Element {
        guard number >= 1 else { return absent }
        // A message may have no such delimiter; 0 is then a NUL in the text, and divides nothing.
        guard separator != 0 else {
            let only = stop == 0 ? end : offset(of: stop, from: start)
            return number == 1 ? part(from: start, to: only, level: level) : absent
        }
        let stop = stop == 0 ? separator : stop
        let span = bytes.span.bytes
        var from = start
        var left = number
        while true {
            let to = WordScan.firstOffset(of: separator, or: stop, in: span, from: from, to: end)
            left -= 1
            if left == 0 { return part(from: from, to: to, level: level) }
            if to == end || (stop != separator && span[at: to] == stop) { return absent }
            from = to + 1
        }
    }

    private func offset(of byte: UInt8, from: Int) -> Int {
        byte == 0 ? end : WordScan.firstOffset(of: byte, or: byte, in: bytes.span.bytes, from: from, to: end)
    }

    private var absent: HL7Element { part(from: end, to: end, level: level) }

    @inline(__always)
    private func part(from start: Int, to end: Int, level: Level) -> HL7Element {
        HL7Element(bytes: bytes, start: start, end: end, context: context, level: level)
    }

    private var trimmedEnd: Int {
        let span = bytes.span.bytes
        var end = end
        while end > start, span[at: end - 1] <= 0x20 { end -= 1 }
        return end
    }
}
