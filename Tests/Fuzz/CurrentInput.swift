import Foundation
import Glibc

/// The input at hand, in a file that outlives the process.
///
/// A trap ends the process without a word. The file is mapped and shared, so what was written last is in it whatever
/// happens to us, and writing costs no call. What it holds:
///
/// ```
/// adt-fuzz seed=1 execution=4711 bytes=903            padded with blanks to 128 bytes, LF last
/// MSH|…                                               the input
/// ```
///
/// `read(_:)` reads such a file as well as one that holds an input and nothing else.
struct CurrentInput: ~Copyable {
    private static let mark = "adt-fuzz "
    private static let headBytes = 128

    private let memory: UnsafeMutableRawBufferPointer
    let path: String

    /// Makes the file, or takes the one that is there.
    init(path: String, bytesMax: Int) throws(FuzzFailure) {
        let bytes = Self.headBytes + bytesMax
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw FuzzFailure("cannot write \(path)") }
        defer { close(descriptor) }
        guard ftruncate(descriptor, bytes) == 0,
            let start = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), start != MAP_FAILED
        else { throw FuzzFailure("cannot map \(path)") }
        memory = UnsafeMutableRawBufferPointer(start: start, count: bytes)
        self.path = path
    }

    deinit {
        munmap(memory.baseAddress, memory.count)
    }

    /// Notes what is about to be tried.
    borrowing func note(_ input: [UInt8], seed: UInt64, execution: UInt64) {
        let head = "\(Self.mark)seed=\(seed) execution=\(execution) bytes=\(input.count)"
        let padded = head.utf8.prefix(Self.headBytes - 1)
        memory.copyBytes(from: padded)
        for place in padded.count..<(Self.headBytes - 1) { memory[place] = 0x20 }
        memory[Self.headBytes - 1] = 0x0A
        UnsafeMutableRawBufferPointer(rebasing: memory[Self.headBytes...]).copyBytes(
            from: input.prefix(memory.count - Self.headBytes))
    }

    /// The input in a file, be it noted here or saved as it is.
    static func read(_ path: String) throws -> [UInt8] {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        guard bytes.starts(with: mark.utf8), bytes.count >= headBytes else { return bytes }
        let head = String(decoding: bytes.prefix(headBytes - 1), as: UTF8.self)
        let count = head.split(separator: " ").first { $0.hasPrefix("bytes=") }.flatMap { Int($0.dropFirst(6)) }
        return Array(bytes.dropFirst(headBytes).prefix(count ?? 0))
    }
}
