import Audit
import EventSourcing
import Foundation
import Testing

/// A zip that others can read.
@Suite struct ZipWriterTests {
    private static func zip(_ files: [(String, [[UInt8]])]) throws -> [UInt8] {
        final class Sink { var bytes: [UInt8] = [] }
        let sink = Sink()
        var zip = ZipWriter { sink.bytes += $0 }
        for (name, pieces) in files {
            try zip.begin(name)
            for piece in pieces { try zip.add(piece) }
        }
        try zip.finish()
        return sink.bytes
    }

    @Test func `python reads what was written, checksums and all, and the same content is the same zip`() throws {
        let files: [(String, [[UInt8]])] = [
            ("README.txt", [Array("one ".utf8), Array("two\n".utf8)]), ("lists/empty.json", []),
            ("messages.ndjson", [[UInt8](repeating: 0xFF, count: 100_000)]),
        ]
        let bytes = try Self.zip(files)
        #expect(try Self.zip(files) == bytes)
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip")
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            """
            import sys, zipfile
            z = zipfile.ZipFile(sys.argv[1])
            assert z.testzip() is None
            print([(i.filename, i.file_size, i.date_time[0]) for i in z.infolist()], z.read('README.txt'))
            """, path.path,
        ]
        let output = Pipe()
        python.standardOutput = output
        try python.run()
        let told = output.fileHandleForReading.readDataToEndOfFile()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
        #expect(
            String(decoding: told, as: UTF8.self)
                == "[('README.txt', 8, 1980), ('lists/empty.json', 0, 1980), ('messages.ndjson', 100000, 1980)] b'one two\\n'\n")
    }
}
