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

    /// What the practice's list says of a patient; `null` where it says nothing.
    mutating func registration(_ person: ListedPerson?) {
        guard let person else { return null() }
        beginObject()
        field("listed", person.isListed)
        field("listed_from", person.listedFrom)
        field("left_on", person.leftOn)
        field("usual_gp", person.usualGP)
        field("care_home", person.careHome)
        field("symphony_score", person.symphonyScore.map { Int64($0) })
        field("symphony_scored_on", person.symphonyScoredOn)
        field("on_caseload", person.isOnCaseload)
        field("consented", person.hasConsented)
        field("key_worker", person.keyWorker)
        field("fopas_concern", person.hasFOPASConcern)
        field("reviewed_on", person.reviewedOn)
        field("review_due_on", person.reviewDueOn)
        endObject()
    }
}
