import NIOCore
import Testing

@testable import MLLP

struct ServerConnectionTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func connection(inFlightFramesMax: Int = 2, inFlightBytesMax: Int = 1000) -> ServerConnection {
        ServerConnection(
            limits: .init(
                inFlightFramesMax: inFlightFramesMax, inFlightBytesMax: inFlightBytesMax,
                firstByteTimeout: .seconds(10),
                halfFrameTimeout: .seconds(30), frameEndTimeout: .milliseconds(200), idleTimeout: .seconds(60),
                unreadAnswersTimeout: .seconds(5), lingerTimeout: .seconds(2)),
            now: start)
    }

    private func after(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

    @Test func `no frame is taken beyond the frames or the bytes in flight`() {
        var byFrames = connection()
        _ = byFrames.take(bytes: 1)
        #expect(byFrames.mayTake)
        let last = byFrames.take(bytes: 1)
        #expect(!byFrames.mayTake && !byFrames.mayRead)
        expect(byFrames.answered(last, bytes: 1, with: .none), is: true)
        #expect(!byFrames.mayTake, "an answer that waits for an earlier one keeps its place")

        var byBytes = connection()
        let big = byBytes.take(bytes: 1000)
        #expect(!byBytes.mayTake)
        expect(byBytes.answered(big, bytes: 1000, with: .none), is: true)
        #expect(byBytes.mayTake)
    }

    @Test func `a half frame is timed from its start, not from its last byte`() {
        var connection = connection()
        connection.heard(framesBegun: 1, isInsideFrame: true, isAtEndMark: false, now: after(1))
        connection.heard(framesBegun: 1, isInsideFrame: true, isAtEndMark: false, now: after(29))
        expect(connection.timePassed(now: after(30)), is: .nothing)
        expect(connection.timePassed(now: after(31)), is: .giveUpFrame)
    }

    @Test func `each half frame has its own time`() {
        var connection = connection()
        connection.heard(framesBegun: 1, isInsideFrame: true, isAtEndMark: false, now: after(1))
        connection.heard(framesBegun: 2, isInsideFrame: true, isAtEndMark: false, now: after(29))
        expect(connection.timePassed(now: after(31)), is: .nothing)
        #expect(connection.nextDeadline == after(59))
    }

    @Test func `a connection that begins no frame is closed`() {
        var connection = connection()
        connection.heard(framesBegun: 0, isInsideFrame: false, isAtEndMark: false, now: after(9))
        expect(connection.timePassed(now: after(10)), is: .close(.silent))
    }

    @Test func `a connection is idle only when it owes no answer`() {
        var connection = connection()
        connection.heard(framesBegun: 1, isInsideFrame: false, isAtEndMark: false, now: after(1))
        let number = connection.take(bytes: 1)
        expect(connection.timePassed(now: after(61)), is: .nothing)
        expect(connection.answered(number, bytes: 1, with: .send([1])), is: true)
        expect(connection.collect(now: after(62)) { _ in }, is: .answers)
        expect(connection.timePassed(now: after(121)), is: .flush)
        expect(connection.flushed(now: after(121)), is: .closeOutput)
        expect(connection.timePassed(now: after(123)), is: .close(nil))
    }

    @Test func `a peer that does not read is not read from, and then closed`() {
        var connection = connection()
        connection.heard(framesBegun: 1, isInsideFrame: false, isAtEndMark: false, now: after(1))
        expect(connection.writabilityChanged(to: false, now: after(2)), is: .nothing)
        #expect(!connection.mayRead && !connection.mayTake)
        expect(connection.timePassed(now: after(6)), is: .nothing)
        expect(connection.writabilityChanged(to: true, now: after(6)), is: .takeFrames)
        #expect(connection.mayRead)
        expect(connection.writabilityChanged(to: false, now: after(7)), is: .nothing)
        expect(connection.timePassed(now: after(12)), is: .close(.unreadAnswers))
    }

    @Test func `a connection that waits for the responder has no time running against its sender`() {
        var connection = connection(inFlightFramesMax: 1)
        connection.heard(framesBegun: 1, isInsideFrame: false, isAtEndMark: false, now: after(1))
        _ = connection.take(bytes: 1)
        #expect(connection.nextDeadline == nil)
    }

    @Test func `draining answers what was taken and then closes its own side first`() {
        var connection = connection()
        let number = connection.take(bytes: 1)
        expect(connection.drain(), is: .takeFrames)
        #expect(connection.mayTake && !connection.mayRead)
        expect(connection.tookAll(now: start), is: .nothing)
        expect(connection.answered(number, bytes: 1, with: .send([1])), is: true)
        expect(connection.collect(now: start) { _ in }, is: .lastAnswers)
        expect(connection.flushed(now: start), is: .closeOutput)
        #expect(connection.phase == .lingering && connection.mayRead)
        expect(connection.peerClosedItsSide(), is: .close(nil))
    }

    @Test func `a peer that closed its side first is closed once it has its answers`() {
        var connection = connection()
        let number = connection.take(bytes: 1)
        expect(connection.peerClosedItsSide(), is: .takeFrames)
        expect(connection.tookAll(now: start), is: .nothing)
        expect(connection.answered(number, bytes: 1, with: .send([1])), is: true)
        expect(connection.collect(now: start) { _ in }, is: .lastAnswers)
        expect(connection.flushed(now: start), is: .close(nil))
    }

    @Test func `send and close gives up the answers behind it`() {
        var connection = connection()
        let first = connection.take(bytes: 1)
        let second = connection.take(bytes: 1)
        expect(connection.answered(second, bytes: 1, with: .send([2])), is: true)
        expect(connection.answered(first, bytes: 1, with: .sendAndClose([1])), is: true)
        var sent: [[UInt8]] = []
        expect(connection.collect(now: start) { sent.append($0) }, is: .lastAnswers)
        #expect(sent == [[1]])
    }
}
