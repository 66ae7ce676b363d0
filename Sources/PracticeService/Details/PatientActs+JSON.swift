import EventSourcing
import Projections

extension JSONAnswer {
    /// What a practice has done about a patient: members of an object, for those who may read the notes.
    mutating func acts(_ acts: PatientActs) {
        key("concerns")
        beginArray()
        for row in acts.concerns { concern(row, wordless: false) }
        endArray()
        key("actions")
        beginArray()
        for row in acts.actions { action(row) }
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
            field("scored", at: symphony.scoredAt, by: symphony.scoredBy)
            endObject()
        } else {
            null()
        }
    }
}
