import ArgumentParser
import Foundation
import Fuzzing

/// Fuzzes parser, reader and folds with mutated messages.
@main
struct ADTFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adt-fuzz",
        abstract: "Fuzzes parser, reader and folds with mutated messages.",
        discussion: """
            swift run -c release adt-fuzz --executions 10000000 --seed 1
            swift run -c release adt-fuzz --seconds 600 --seed 2
            swift run -c release adt-fuzz --replay /tmp/adt-fuzz/current-1     what was at hand when the process died
            swift run -c release adt-fuzz --seed 1 --from 4711 --executions 1  one execution again

            An execution follows from seed, number and corpus. Ends with 1 if a rule was broken, and keeps the input.
            Some rules look at a round of executions together: begin at a multiple of 256 to see one of those again.
            """)

    @Option(help: "Folder of messages beside those of the repository.")
    var corpus: String?

    @Option(help: "How many executions.")
    var executions: UInt64 = 1_000_000

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @Option(name: .customLong("from"), help: "The number of the first execution.")
    var first: UInt64 = 0

    @Option(help: "Stop after so many seconds.")
    var seconds: Double?

    @Option(help: "The most processor time of one execution, in milliseconds.")
    var limitMilliseconds: UInt64 = 250

    @Option(help: "The most memory gained after the warm-up, in MiB.")
    var growthMebibytes = 64

    @Option(help: "Where the input at hand, the slowest and any finding are kept.")
    var keep: String?

    @Option(help: "Try the input in this file, and nothing else.")
    var replay: String?

    func run() throws {
        if let replay { return try replayInput(replay) }
        let folder =
            keep.map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory.appending(path: "adt-fuzz")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let shared = corpus.map { URL(filePath: $0) } ?? FuzzCorpus.sharedFolder
        let run = FuzzRun(
            seed: seed, first: first, executions: executions, seconds: seconds,
            nanosecondsMax: limitMilliseconds * 1_000_000, growthBytesMax: growthMebibytes << 20, folder: folder)
        try run.run(FuzzCorpus(folders: [shared]))
    }

    /// A whole round of one input, so that no check is left out.
    private func replayInput(_ path: String) throws {
        let input = try CurrentInput.read(path)
        var subject = FuzzSubject()
        let start = ProcessCost.processorNanoseconds
        for _ in 0..<FuzzSubject.roundLength { try subject.execute(input) }
        try subject.endRound()
        let used = (ProcessCost.processorNanoseconds - start) / UInt64(FuzzSubject.roundLength)
        print("\(input.count) bytes, \(used / 1_000) µs an execution; nothing found")
    }
}
