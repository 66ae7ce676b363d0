/// What is needed to read any element of a message, in eight bytes.
struct ReadingContext: Sendable {
    let delimiters: HL7Delimiters
    /// The whole message is strict UTF-8; otherwise every byte is a character.
    let isUTF8: Bool
    let isASCII: Bool
}
