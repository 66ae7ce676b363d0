/// Entity tags and the conditions made with them (RFC 9110 sections 8.8.3 and 13.1.2).
///
/// Hummingbird compares whole header values, so `*`, weak tags and lists do not match there; this reads the field as
/// the grammar has it.
package enum EntityTag {
    /// Whether a request with this `If-None-Match` has the current representation already, so that 304 answers it.
    ///
    /// Comparison is weak, as section 13.1.2 asks. `*` matches any representation. Empty list elements are allowed
    /// (section 5.6.1.2). A field that does not follow the grammar is taken as absent: the worst that follows is an
    /// answer sent twice.
    ///
    /// - Parameters:
    ///   - field: the values of all `If-None-Match` lines joined by commas; `nil` where there is none.
    ///   - current: the opaque tag of the current representation, without quotation marks.
    package static func matches(ifNoneMatch field: String?, current: String) -> Bool {
        guard let field else { return false }
        var rest = Array(field.utf8)[...]
        skipBlanks(&rest)
        if rest.first == UInt8(ascii: "*") {
            rest.removeFirst()
            skipBlanks(&rest)
            return rest.isEmpty
        }
        let wanted = Array(current.utf8)[...]
        var isMatch = false
        while true {
            skipBlanks(&rest)
            if rest.isEmpty { return isMatch }
            if rest.first == UInt8(ascii: ",") {
                rest.removeFirst()
                continue
            }
            guard let tag = takeTag(&rest) else { return false }
            isMatch = isMatch || tag == wanted
            skipBlanks(&rest)
            guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { return false }
        }
    }

    /// `entity-tag = [ %s"W/" ] DQUOTE *etagc DQUOTE`; gives what stands between the quotation marks.
    private static func takeTag(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        if rest.starts(with: "W/".utf8) { rest.removeFirst(2) }
        guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        let tag = rest[..<end]
        // etagc = %x21 / %x23-7E / obs-text
        guard tag.allSatisfy({ $0 == 0x21 || (0x23...0x7E).contains($0) || $0 >= 0x80 }) else { return nil }
        rest = rest[(end + 1)...]
        return tag
    }

    private static func skipBlanks(_ rest: inout ArraySlice<UInt8>) {
        while rest.first == UInt8(ascii: " ") || rest.first == UInt8(ascii: "\t") { rest.removeFirst() }
    }
}
