import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import PracticeService

@Suite struct PeerWatchTests {
    private final class Count: Sendable {
        let value = Atomic(0)
    }

    @Test func `a client that closes its side is noticed though nothing is written`() throws {
        let channel = EmbeddedChannel()
        let gone = Count()
        PeerWatch.watch(channel) { gone.value.add(1, ordering: .relaxed) }
        channel.embeddedEventLoop.run()
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.outputClosed)
        #expect(gone.value.load(ordering: .relaxed) == 0)
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(gone.value.load(ordering: .relaxed) == 1)
    }

    @Test func `so is a connection that breaks, or has broken before anybody looked`() throws {
        let (breaking, broken) = (EmbeddedChannel(), EmbeddedChannel())
        let gone = Count()
        PeerWatch.watch(breaking) { gone.value.add(1, ordering: .relaxed) }
        breaking.embeddedEventLoop.run()
        breaking.close(promise: nil)
        breaking.embeddedEventLoop.run()
        #expect(gone.value.load(ordering: .relaxed) >= 1)
        gone.value.store(0, ordering: .relaxed)
        broken.close(promise: nil)
        broken.embeddedEventLoop.run()
        PeerWatch.watch(broken) { gone.value.add(1, ordering: .relaxed) }
        broken.embeddedEventLoop.run()
        #expect(gone.value.load(ordering: .relaxed) >= 1)
    }
}
