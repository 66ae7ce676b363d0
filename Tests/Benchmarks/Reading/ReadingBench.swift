import ADT
import Admissions
import ArgumentParser
import EventSourcing
import Foundation
import HL7v2

/// Measures how fast messages are read and events folded, on one core.
@main
struct ReadingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading-bench",
        abstract: "Measures how fast messages are read and events folded, on one core.",
        discussion: """
            swift run -c release reading-bench
            swift run -c release reading-bench --repeats 9 --seconds 2

            Reads the messages of Tests/Fixtures/ADT that give events. The baseline, in the same run, takes the same
            messages apart into byte arrays, at CR and then at the field separator, as a plain reader would.
            """)

    @Option(help: "How often each figure is taken; the median counts.")
    var repeats = 5

    @Option(help: "How long each repeat lasts at least, in seconds of processor time.")
    var seconds = 0.5

    func validate() throws {
        guard repeats >= 3 else { throw ValidationError("A median needs three repeats at least.") }
    }

    func run() throws {
        guard !Self.isDebugBuild else { throw ValidationError("A debug build says nothing: swift run -c release") }
        let corpus = try BenchCorpus()
        let stopwatch = Stopwatch(repeats: repeats, nanosecondsMin: UInt64(seconds * 1e9))
        let figures = [
            stopwatch.measure("split", "plain split at the separators (baseline)", corpus.messages, Work.split),
            stopwatch.measure("fields", "parse and reach ten fields", corpus.messages, Work.reachTenFields),
            stopwatch.measure("read", "parse and read into events with payload", corpus.messages, Work.read),
            stopwatch.measure("fold", "fold events in order", corpus.told.count) { Work.fold(corpus.told) },
            stopwatch.measure("foldShuffled", "fold events shuffled", corpus.told.count) { Work.fold(corpus.shuffled) },
        ]
        print("\(corpus.messages.count) messages of \(corpus.bytesMean) bytes, \(corpus.told.count) events, one core")
        for figure in figures { print(figure.row) }
        print(Figure.json(figures))
    }

    private static var isDebugBuild: Bool {
        var isDebug = false
        // Evaluated in debug builds only.
        assert({ isDebug = true; return true }())
        return isDebug
    }
}
