extension HL7Timestamp {
    /// Reads a time from text; nil if it is none, see `init(parsing: Span<UInt8>)`.
    package init?(parsing text: String) {
        let bytes = Array(text.utf8)
        self.init(parsing: bytes.span)
    }

    /// Reads a time from the bytes of a field; nil if it is none.
    ///
    /// Besides the legal forms, those seen on the wire: more than 14 digits in a row (the rest is a fraction whose point
    /// was lost), ISO 8601 (`2026-03-03T07:59:11Z`, with `T` or a blank, with or without seconds), offsets as `Z`, `+1`, `+01`,
    /// `+0100` or `+01:00`, a comma for the point, blanks around, `00` for a day or month that is not known, 24:00 for the end of
    /// the day, a leap second (read as 59). All zeros, month 13, 31 November or anything that is not wholly a time: nil.
    package init?(parsing bytes: Span<UInt8>) {
        if let usual = HL7Timestamp(digits: bytes.bytes) {
            self = usual
            return
        }
        var reader = TimestampReader(bytes)
        guard let time = reader.read() else { return nil }
        self = time
    }

    /// Reads the three usual forms, `YYYYMMDD`, `YYYYMMDDHHMM` and `YYYYMMDDHHMMSS`; nil for any other, and for what is
    /// no date and time of day as it stands.
    private init?(digits bytes: RawSpan) {
        let count = bytes.byteCount
        guard count == 14 || count == 12 || count == 8, let date = Self.pairs(bytes, at: 0),
            let rest = Self.pairs(bytes, at: count - WordScan.wordBytes)
        else { return nil }
        self.init(
            year: Self.pair(date, 0) * 100 + Self.pair(date, 1), month: Self.pair(date, 2), day: Self.pair(date, 3),
            hour: count == 8 ? 0 : Self.pair(rest, count == 14 ? 1 : 2),
            minute: count == 8 ? 0 : Self.pair(rest, count == 14 ? 2 : 3),
            second: count == 14 ? Self.pair(rest, 3) : 0,
            precision: count == 14 ? .second : count == 12 ? .minute : .day)
    }

    /// The four numbers of two digits that stand in eight bytes, one in every other byte; nil if any is no digit.
    @inline(__always)
    private static func pairs(_ bytes: RawSpan, at offset: Int) -> UInt64? {
        let word = WordScan.word(bytes, at: offset)
        let digits = word ^ WordScan.broadcast(UInt8(ascii: "0"))
        // Exact: where a sum carries, the byte that it carries from is no digit itself.
        guard (digits &+ WordScan.broadcast(0x76) | digits) & WordScan.tops == 0 else { return nil }
        return digits &* 10 &+ digits >> 8
    }

    @inline(__always)
    private static func pair(_ pairs: UInt64, _ place: UInt64) -> Int {
        Int(truncatingIfNeeded: pairs >> (place * 16) & 0xFF)
    }
}
