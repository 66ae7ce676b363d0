/// One element of DER (ITU-T X.690): a tag, and its content as a slice of the bytes it came from.
///
/// Enough to walk a certificate that TLS has already verified. Tags above 30 and lengths above 2^32 are not read.
struct DERElement {
    let tag: UInt8
    let content: ArraySlice<UInt8>

    static let objectIdentifier: UInt8 = 0x06
    static let octetString: UInt8 = 0x04
    static let sequence: UInt8 = 0x30

    /// Takes the first element of `bytes`; nil if there is no whole one.
    init?(takenFrom bytes: inout ArraySlice<UInt8>) {
        guard bytes.count >= 2, let tag = bytes.popFirst(), tag & 0x1F != 0x1F, let first = bytes.popFirst() else {
            return nil
        }
        var length = Int(first)
        if first & 0x80 != 0 {
            let lengthBytes = Int(first & 0x7F)
            guard (1...4).contains(lengthBytes), bytes.count >= lengthBytes else { return nil }
            length = bytes.prefix(lengthBytes).reduce(0) { $0 << 8 | Int($1) }
            bytes = bytes.dropFirst(lengthBytes)
        }
        guard bytes.count >= length else { return nil }
        self.tag = tag
        content = bytes.prefix(length)
        bytes = bytes.dropFirst(length)
    }

    /// The elements inside, up to the first that is not whole.
    var children: [DERElement] {
        var rest = content
        var children: [DERElement] = []
        while let child = DERElement(takenFrom: &rest) { children.append(child) }
        return children
    }
}
