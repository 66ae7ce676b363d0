/// Writes a zip (PKWARE APPNOTE 6.3) file by file, stored and not compressed, as a stream that is never gone back over.
///
/// ```
/// local header (bit 3: sizes follow) │ content │ descriptor   for each file
/// central directory: an entry for each file │ end record
/// ```
///
/// Sizes and checksum stand behind the content, so a file of any length is written in constant memory. All times are
/// 1980-01-01 00:00, the first that a zip knows: equal content gives equal bytes. Names are ASCII, at most 65,535 files, a
/// zip below 4 GiB: `ZipError.tooLarge` beyond it.
package struct ZipWriter {
    /// Why a zip cannot be written.
    package enum ZipError: Error, Sendable {
        case tooLarge
    }

    private struct Entry {
        let name: [UInt8]
        let offset: Int
        var size = 0
        var checksum = CRC32()
    }

    private static let flags: UInt16 = 0x0008
    /// 2.0: the descriptor.
    private static let version: UInt16 = 20
    /// 1980-01-01 in the form of MS-DOS.
    private static let date: UInt16 = 0x0021

    private let write: ([UInt8]) throws -> Void
    private var offset = 0
    private var entries: [Entry] = []

    /// - Parameter write: takes the next bytes of the zip.
    package init(_ write: @escaping ([UInt8]) throws -> Void) {
        self.write = write
    }

    /// Begins a file; what is added goes into it until the next begins.
    package mutating func begin(_ name: String) throws {
        try endFile()
        let name = Array(name.utf8)
        entries.append(Entry(name: name, offset: offset))
        try put(
            Self.long(0x0403_4B50) + Self.short(Self.version) + Self.short(Self.flags) + Self.short(0) + Self.short(0)
                + Self.short(Self.date) + Self.long(0) + Self.long(0) + Self.long(0)
                + Self.short(UInt16(truncatingIfNeeded: name.count)) + Self.short(0) + name)
    }

    /// Adds bytes to the file that was begun.
    package mutating func add(_ bytes: [UInt8]) throws {
        guard let last = entries.indices.last else { return }
        entries[last].checksum.add(bytes)
        entries[last].size += bytes.count
        try put(bytes)
    }

    /// Writes the directory; nothing is added behind it.
    package mutating func finish() throws {
        try endFile()
        let start = offset
        for entry in entries {
            try put(
                Self.long(0x0201_4B50) + Self.short(Self.version) + Self.short(Self.version) + Self.short(Self.flags)
                    + Self.short(0) + Self.short(0) + Self.short(Self.date) + Self.long(entry.checksum.value)
                    + Self.long(UInt32(truncatingIfNeeded: entry.size))
                    + Self.long(UInt32(truncatingIfNeeded: entry.size))
                    + Self.short(UInt16(truncatingIfNeeded: entry.name.count)) + Self.short(0) + Self.short(0)
                    + Self.short(0) + Self.short(0) + Self.long(0) + Self.long(UInt32(truncatingIfNeeded: entry.offset))
                    + entry.name)
        }
        let count = UInt16(truncatingIfNeeded: entries.count)
        let size = UInt32(truncatingIfNeeded: offset - start)
        try put(
            Self.long(0x0605_4B50) + Self.short(0) + Self.short(0) + Self.short(count) + Self.short(count)
                + Self.long(size) + Self.long(UInt32(truncatingIfNeeded: start)) + Self.short(0))
    }

    private mutating func endFile() throws {
        guard let entry = entries.last else { return }
        try put(
            Self.long(0x0807_4B50) + Self.long(entry.checksum.value)
                + Self.long(UInt32(truncatingIfNeeded: entry.size)) + Self.long(UInt32(truncatingIfNeeded: entry.size)))
    }

    private mutating func put(_ bytes: [UInt8]) throws {
        offset += bytes.count
        guard offset <= Int(UInt32.max), entries.count <= Int(UInt16.max) else { throw ZipError.tooLarge }
        try write(bytes)
    }

    private static func short(_ value: UInt16) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }

    private static func long(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}
