import EventSourcing
import Synchronization
import Testing

/// What `MessageLog` promises, held against each log.
@Suite(.timeLimit(.minutes(2)))
struct LogContractTests {
    @Test(arguments: LogSubject.allCases)
    func `positions count from one without gaps`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            let first = try await open.log.append(Given.entry("1"))
            let second = try await open.log.append(Given.entry("2", eventCount: 3))
            let third = try await open.log.append(Given.entry("3"))
            #expect((first.first, first.last) == (Position(1), Position(1)))
            #expect((second.first, second.last) == (Position(2), Position(4)))
            #expect((third.first, third.last) == (Position(5), Position(5)))
            #expect(try await open.events(Given.hospital).map(\.position.rawValue) == [1, 2, 3, 4, 5])
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `events are kept as they were told`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            let entry = Given.entry("1", eventCount: 2)
            let receipt = try await open.log.append(entry)
            let events = try await open.events(Given.hospital)
            #expect(events.map(\.payload) == entry.events.map(\.payload))
            #expect(events.map(\.stream) == entry.events.map(\.stream))
            #expect(events.map(\.type) == entry.events.map(\.type))
            #expect(events.map(\.occurredAt) == [Given.morning, nil])
            #expect(events.allSatisfy { $0.recordedAt == receipt.recordedAt && $0.message == receipt.first })
            #expect(receipt.answer == "AA")
            #expect(!receipt.isDuplicate && !receipt.controlIDReused)
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `the same message again gets the first receipt and adds nothing`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            let first = try await open.log.append(Given.entry("1", eventCount: 2, answer: "AR"))
            _ = try await open.log.append(Given.entry("2"))
            let again = try await open.log.append(Given.entry("1", eventCount: 2, answer: "AA"))
            #expect(again.isDuplicate)
            #expect((again.first, again.last, again.recordedAt) == (first.first, first.last, first.recordedAt))
            #expect(again.answer == "AR")
            #expect(try await open.events(Given.hospital).count == 3)
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `the same message from many callers at once counts once`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            let receipts = try await open.appendAll((0..<60).map { Given.entry("\($0 % 3)") })
            #expect(receipts.filter { !$0.isDuplicate }.count == 3)
            #expect(Set(receipts.map(\.first)).count == 3)
            for (index, receipt) in receipts.enumerated() { #expect(receipt.first == receipts[index % 3].first) }
            #expect(try await open.events(Given.hospital).count == 3)
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `a control id used for other bytes is stored and flagged`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            _ = try await open.log.append(Given.entry("1", text: "PID|1||a"))
            let other = try await open.log.append(Given.entry("1", text: "PID|1||b"))
            #expect(other.controlIDReused && !other.isDuplicate)
            #expect(other.first == Position(2))
            let again = try await open.log.append(Given.entry("1", text: "PID|1||b"))
            #expect(again.isDuplicate && again.controlIDReused)
            #expect(again.first == Position(2))
            let first = try await open.log.append(Given.entry("1", text: "PID|1||a"))
            #expect(first.isDuplicate && !first.controlIDReused)
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `one control id for a hundred messages at once flags all but one`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            let receipts = try await open.appendAll((0..<100).map { Given.entry("1", text: "PID|1||\($0)") })
            #expect(receipts.filter { !$0.controlIDReused }.count == 1)
            #expect(receipts.allSatisfy { !$0.isDuplicate })
            #expect(receipts.map(\.first.rawValue).sorted() == Array(1...100))
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `other senders and other logs have control ids of their own`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            _ = try await open.log.append(Given.entry("1"))
            let otherSender = try await open.log.append(Given.entry("1", sender: "LAB|ZX901"))
            let otherLog = try await open.log.append(Given.entry("1", in: Given.otherHospital))
            #expect(!otherSender.controlIDReused && !otherSender.isDuplicate)
            #expect(!otherLog.controlIDReused && !otherLog.isDuplicate)
            #expect(otherLog.first == Position(1))
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `an empty control id is never reused, yet equal bytes are the same message`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            _ = try await open.log.append(Given.entry("", text: "a"))
            let other = try await open.log.append(Given.entry("", text: "b"))
            let again = try await open.log.append(Given.entry("", text: "a"))
            #expect(!other.controlIDReused && !other.isDuplicate)
            #expect(again.isDuplicate && !again.controlIDReused)
            #expect(again.first == Position(1))
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `time does not run back along a log`(subject: LogSubject) async throws {
        let times = Mutex([Given.morning + .seconds(10), Given.morning, Given.morning + .seconds(20)])
        let clock: @Sendable () -> Instant = {
            times.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        }
        try await subject.withLog(now: clock) { open in
            for number in 1...3 { _ = try await open.log.append(Given.entry("\(number)")) }
            let recorded = try await open.events(Given.hospital).map(\.recordedAt)
            #expect(recorded == recorded.sorted())
            #expect(recorded.first == Given.morning + .seconds(10))
            #expect(recorded.last == Given.morning + .seconds(20))
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `names that no index holds, and NUL, are kept all the same`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            let long = String(repeating: "x", count: 100_000)
            let strange = [
                Given.entry(long), Given.entry(long + "y"), Given.entry("\u{0}"),
                Given.entry("1", sender: "\u{0}" + long),
                Given.entry("2", stream: "encounter:" + long + "\u{0}"),
            ]
            let receipts = try await open.appendAll(strange)
            #expect(receipts.allSatisfy { !$0.isDuplicate && !$0.controlIDReused })
            let again = try await open.appendAll(strange)
            #expect(again.allSatisfy { $0.isDuplicate })
            #expect(again.map(\.first) == receipts.map(\.first))
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `an entry without events is refused`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            await #expect(throws: LogUnavailable.storageFailed(code: "no-events")) {
                _ = try await open.log.append(Given.entry("1", eventCount: 0))
            }
        }
    }

    @Test(arguments: LogSubject.allCases)
    func `a caller that waits for each receipt stands in the order of its calls`(subject: LogSubject) async throws {
        try await subject.withLog { open in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<16 {
                    group.addTask {
                        var last = Position.origin
                        for number in 0..<25 {
                            let receipt = try await open.log.append(
                                Given.entry(
                                    "\(caller)-\(number)", stream: "encounter:\(caller)", eventCount: 1 + number % 2))
                            #expect(receipt.first > last)
                            last = receipt.last
                        }
                    }
                }
                try await group.waitForAll()
            }
            let positions = try await open.events(Given.hospital).map(\.position.rawValue)
            #expect(positions == Array(1...592))
        }
    }
}
