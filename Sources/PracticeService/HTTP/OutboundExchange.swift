import NIOCore
import NIOHTTP1
import NIOSSL

/// One request and its answer on a connection that is then closed.
///
/// ```
///  connected ──request sent──▶ waiting ──head──▶ reading ──end──▶ answered
///      │                          │                 │
///      └── error, close, time out, more than answerBytesMax ──▶ failed
/// ```
final class OutboundExchange: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let request: OutboundHTTP.Request
    private let limits: OutboundHTTP.Limits
    private let answer: EventLoopPromise<OutboundHTTP.Answer>
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []
    private var isDone = false
    private var timer: Scheduled<Void>?

    init(
        request: OutboundHTTP.Request, limits: OutboundHTTP.Limits, answer: EventLoopPromise<OutboundHTTP.Answer>
    ) {
        self.request = request
        self.limits = limits
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        // Isolated: a handler runs on its channel's own loop.
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.answerTimeout)) {
            self.finish(.failure(.timedOut), context)
        }
        var headers = HTTPHeaders([("Host", host)])
        for (name, value) in request.headers { headers.add(name: name, value: value) }
        if !request.body.isEmpty || request.method != "GET" {
            headers.replaceOrAdd(name: "Content-Length", value: String(request.body.count))
        }
        headers.replaceOrAdd(name: "Connection", value: "close")
        context.write(
            wrapOutboundOut(
                .head(
                    HTTPRequestHead(
                        version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.url.target,
                        headers: headers))), promise: nil)
        if !request.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body)))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(let part):
            guard body.count + part.readableBytes <= limits.answerBytesMax else {
                return finish(.failure(.answerTooLarge), context)
            }
            body += part.readableBytesView
        case .end:
            guard let head else { return finish(.failure(.answerBroken), context) }
            // 1xx come before the answer (RFC 9110 section 15.2).
            if head.status.code < 200 {
                self.head = nil
                return
            }
            finish(.success(OutboundHTTP.Answer(head: head, body: body)), context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(.failure(.answerBroken), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isTLS = error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError
        finish(.failure(isTLS ? .tlsFailed : .answerBroken), context)
    }

    private func finish(_ result: Result<OutboundHTTP.Answer, OutboundError>, _ context: ChannelHandlerContext) {
        guard !isDone else { return }
        isDone = true
        timer?.cancel()
        switch result {
        case .success(let value): answer.succeed(value)
        case .failure(let error): answer.fail(error)
        }
        context.close(promise: nil)
    }

    /// As the `Host` field has it: with brackets around an IPv6 literal, and the port where it is not the scheme's own.
    private var host: String {
        let url = request.url
        let name = url.host.contains(":") ? "[\(url.host)]" : url.host
        return url.port == (url.isSecure ? 443 : 80) ? name : "\(name):\(url.port)"
    }
}
