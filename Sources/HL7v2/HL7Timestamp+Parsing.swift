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
        var reader = TimestampReader(bytes)
        guard let time = reader.read() else { return nil }
        self = time
    }
}
