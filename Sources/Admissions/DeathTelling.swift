import EventSourcing

/// When, by our clock, a hospital told that a patient is dead, and that a patient is not.
///
/// Earliest and latest times alone, so any order of arrival gives the same. A death is told again with every message
/// that follows it; the first telling is the news. Where "alive" was told after that first telling, the death may have
/// been taken back and told anew, and the latest telling counts: news shown twice does no harm, a death never shown may.
struct DeathTelling: Sendable, Equatable {
    private var firstDead: Instant?
    private var lastDead: Instant?
    private var lastAlive: Instant?

    mutating func note(_ deceased: Told<Bool>, toldAt: Instant) {
        switch deceased.value {
        case true?:
            firstDead = min(firstDead ?? toldAt, toldAt)
            lastDead = max(lastDead ?? toldAt, toldAt)
        case false?: lastAlive = max(lastAlive ?? toldAt, toldAt)
        case nil: break
        }
    }

    mutating func merge(_ other: DeathTelling) {
        firstDead = [firstDead, other.firstDead].compactMap(\.self).min()
        lastDead = [lastDead, other.lastDead].compactMap(\.self).max()
        lastAlive = [lastAlive, other.lastAlive].compactMap(\.self).max()
    }

    /// The telling of a death that counts as the news of it.
    var toldAt: Instant? {
        guard let firstDead, let lastAlive, lastAlive > firstDead else { return firstDead }
        return lastDead
    }
}

/// `"deathTold":[first dead, last dead, last alive]`, in microseconds since 1970 or `null`; left out while all are unknown.
extension DeathTelling {
    func encode(into json: inout JSONWriter) {
        guard self != DeathTelling() else { return }
        json.key("deathTold")
        json.beginArray()
        for time in [firstDead, lastDead, lastAlive] {
            if let time { json.integer(time.microseconds) } else { json.null() }
        }
        json.endArray()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var times: [Instant?] = []
        try json.beginArray()
        while try json.nextElement() {
            times.append(try json.readIfNull() ? nil : Instant(microseconds: try json.readInt64()))
        }
        guard times.count == 3 else { throw JSONError(.unexpectedValue, offset: start) }
        firstDead = times[0]
        lastDead = times[1]
        lastAlive = times[2]
    }
}
