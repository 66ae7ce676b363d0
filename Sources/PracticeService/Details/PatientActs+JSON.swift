import EventSourcing
import Projections

extension JSONAnswer {
    /// What a practice has done about a patient: members of an object, for those who may read the notes.
    mutating func acts(_ acts: PatientActs) {
        key("concerns")
        beginArray()
        for row in acts.concerns {
            beginObject()
            field("id", row.id)
            field("kind", row.kind)
            field("state", row.state)
            field("note", row.note)
            field("owner", row.owner)
            field("review_on", row.reviewOn)
            act("raised", row.raisedAt, row.raisedBy)
            act("closed", row.closedAt, row.closedBy)
            field("closing_reason", row.closingReason)
            field("version", row.version)
            endObject()
        }
        endArray()
        key("actions")
        beginArray()
        for row in acts.actions {
            beginObject()
            field("id", row.id)
            field("kind", row.kind)
            field("state", row.state)
            field("due", row.due)
            field("assignee", row.assignee)
            field("note", row.note)
            act("added", row.addedAt, row.addedBy)
            act("completed", row.completedAt, row.completedBy)
            field("result", row.result)
            field("version", row.version)
            endObject()
        }
        endArray()
        key("discussions")
        beginArray()
        for discussion in acts.discussions {
            beginObject()
            field("day", discussion.day)
            field("at", systemTime: discussion.at)
            field("by", discussion.by)
            endObject()
        }
        endArray()
        key("symphony")
        if let symphony = acts.symphony {
            beginObject()
            field("score", Int64(symphony.score))
            field("scored_on", symphony.scoredOn)
            act("scored", symphony.scoredAt, symphony.scoredBy)
            endObject()
        } else {
            null()
        }
    }

    private mutating func act(_ name: StaticString, _ at: Instant?, _ by: String?) {
        key(name)
        guard let at else { return null() }
        beginObject()
        field("at", systemTime: at)
        field("by", by)
        endObject()
    }
}
