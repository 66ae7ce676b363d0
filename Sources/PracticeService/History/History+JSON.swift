import Admissions
import EventSourcing
package import Projections

/// A history as JSON: the members that answers and the command share.
extension JSONAnswer {
    /// Writes `items`, `visits`, `rows`, and to the auditor `looks` and `deliveries`.
    ///
    /// - Parameter tellsOthers: whether who else was told belongs to the answer.
    mutating func history(_ history: History, items: some Collection<HistoryItem>, tellsOthers: Bool) {
        field("location_withheld", history.hidesPlace)
        field("cut", history.isCut)
        list("items", items) { $0.item($1) }
        list("visits", history.visits) { $0.visit($1) }
        list("rows", history.rows) { json, row in
            json.field("practice", row.practice)
            json.field("encounter", row.encounterRef)
            json.field("patient", row.patientRef)
            json.field("shown_since", systemTime: row.shownSince)
            json.field("withdrawn_at", systemTime: row.withdrawnAt)
            json.field("withdrawn_reason", row.withdrawnReason)
        }
        guard tellsOthers else { return }
        list("looks", history.looks) { json, look in
            json.field("practice", look.practice)
            json.field("at", systemTime: look.at)
            json.field("subject", look.subject)
            json.field("role", look.role)
            json.field("client", look.client)
            json.field("purpose", look.purpose)
            json.field("route", look.route)
            json.field("request_id", look.requestID)
        }
        list("deliveries", history.deliveries) { json, delivery in
            json.field("practice", delivery.practice)
            json.field("host", delivery.host)
            json.field("type", delivery.type)
            json.field("told_at", systemTime: delivery.toldAt)
            json.field("tried_at", systemTime: delivery.triedAt)
            json.field("state", delivery.state)
            json.field("status", delivery.status.map(Int64.init))
            json.field("attempts", Int64(delivery.attempts))
        }
    }

    /// Writes `messages`: each field by field.
    mutating func messages(_ messages: [HistoryMessage]) {
        list("messages", messages) { json, message in
            json.field("log", message.log.rawValue)
            json.field("position", message.position.rawValue)
            json.field("trigger", message.trigger)
            json.field("erased", message.isErased)
            json.list("fields", message.fields) { json, field in
                json.field("name", field.name)
                json.field("text", field.text)
            }
        }
    }

    private mutating func item(_ item: HistoryItem) {
        field("log", item.log?.rawValue)
        field("position", item.position.rawValue)
        field("type", item.type)
        field("what", item.words)
        field("visit", item.visit)
        key("happened_at")
        moment(item.happened)
        field("happened_field", item.happenedField?.rawValue)
        field("told_at", systemTime: item.toldAt)
        list("changes", item.changes) { json, change in
            json.field("field", change.field.rawValue)
            json.field("before", change.before)
            json.field("after", change.after)
        }
        field("taken_back_by", item.takenBackBy?.rawValue)
        field("repeats", item.repeats?.rawValue)
        key("source")
        if let source = item.source {
            beginObject()
            field("position", source.position.rawValue)
            field("trigger", source.trigger)
            field("control_id", source.controlID)
            field("sender", source.sender)
            field("received_from", source.receivedFrom)
            endObject()
        } else {
            null()
        }
        field("by", item.by)
        field("erased", item.isErased)
        field("unreadable", item.isUnreadable)
    }

    private mutating func visit(_ visit: HistoryVisit) {
        field("visit", visit.name)
        field("log", visit.log?.rawValue)
        field("class", visit.encounterClass)
        field("status", visit.status)
        field("void", visit.isVoid)
        key("began_at")
        moment(visit.began)
        key("ended_at")
        moment(visit.ended)
        field("other_numbers", Int64(visit.otherNumbers))
        list("places", visit.places) { json, place in
            json.field("place", place.text)
            json.key("from")
            json.moment(place.from)
            json.key("to")
            json.moment(place.to)
        }
    }

    /// `{"at":"2026-03-02T10:00:00+00:00","precision":"second","ambiguous":false}`, or `null`.
    private mutating func moment(_ moment: Moment?) {
        guard let moment else { return null() }
        beginObject()
        key("at")
        clinicalTime(moment.instant)
        field("precision", moment.precision.rawValue)
        field("ambiguous", moment.isAmbiguous || moment.wasShifted)
        endObject()
    }

    private mutating func list<Element>(
        _ name: StaticString, _ elements: some Collection<Element>, _ write: (inout JSONAnswer, Element) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements {
            beginObject()
            write(&self, element)
            endObject()
        }
        endArray()
    }
}

extension History {
    /// The whole as one object, `"schema":"history/1"`: what the command prints.
    package func json(of subject: String, at practice: String) -> String {
        var json = JSONAnswer(capacity: 8_192)
        json.beginObject()
        json.field("schema", "history/1")
        json.field("of", subject)
        json.field("practice", practice)
        json.history(self, items: items, tellsOthers: true)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
