import Testing

@testable import MLLP

struct AnswerQueueTests {
    @Test func `answers come out in the order of the frames whatever order they are ready in`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            var queue = AnswerQueue()
            let numbers = (0..<Int.random(in: 1...20, using: &random)).map { _ in queue.open() }
            var out: [MLLPAnswer] = []
            for number in numbers.shuffled(using: &random) {
                let filled = queue.fill(number, with: .send([UInt8(number)]))
                #expect(filled)
                while let answer = queue.next() { out.append(answer) }
            }
            #expect(out == numbers.map { .send([UInt8($0)]) })
            #expect(queue.count == 0)
        }
    }

    @Test func `an answer to a frame that was given up falls away`() {
        var queue = AnswerQueue()
        let first = queue.open()
        queue.giveUp()
        let second = queue.open()
        let filledFirst = queue.fill(first, with: .none)
        let filledSecond = queue.fill(second, with: .close)
        #expect(!filledFirst)
        #expect(filledSecond)
        expect(queue.next(), is: .close)
    }
}
