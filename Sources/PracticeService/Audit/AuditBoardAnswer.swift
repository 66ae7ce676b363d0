import EventSourcing
import Projections

/// The body of an answer to an auditor: the differences, what was shown then, what is known now.
enum AuditBoardAnswer {
    static func body(_ comparison: AsAtComparison, providers: ProviderDirectory, now: Instant) -> [UInt8] {
        var json = JSONAnswer(capacity: (comparison.then.items.count + comparison.now.items.count) * 1_024 + 1_024)
        json.beginObject()
        json.field("list", comparison.list.rawValue)
        json.field("practice", comparison.practice)
        json.standing(of: comparison.feeds, providers: providers, at: now, cut: comparison.cut)
        json.key("differences")
        json.beginObject()
        json.strings("only_then", comparison.onlyThen)
        json.strings("only_now", comparison.onlyNow)
        json.strings("changed", comparison.changed)
        json.endObject()
        json.side("shown_then", comparison.then, of: comparison, providers: providers)
        json.side("known_now", comparison.now, of: comparison, providers: providers)
        json.endObject()
        return json.bytes
    }
}

extension JSONAnswer {
    fileprivate mutating func strings(_ name: String, _ texts: [String]) {
        key(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    fileprivate mutating func side(
        _ name: String, _ side: AsAtComparison.Side, of comparison: AsAtComparison, providers: ProviderDirectory
    ) {
        key(name)
        beginObject()
        field("since", systemTime: side.since)
        field("total", Int64(side.items.count))
        key("items")
        beginArray()
        for item in side.items {
            self.item(item, of: comparison.list, providers: providers, saysWhy: true, now: comparison.cut.moment)
        }
        endArray()
        endObject()
    }
}
