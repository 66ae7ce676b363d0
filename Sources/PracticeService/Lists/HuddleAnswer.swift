import Admissions
import EventSourcing
import Projections

/// The body of an answer to the huddle, and the version of its content.
///
/// The head is that of a list (`ListAnswer`); then `since`, after when news counts as new, and all sections in the
/// order of `HuddleSection`, empty ones as well. Each line is as in a list, with `new`, the concerns of the patient,
/// and for each flag why it is there. Each patient stands in one section, the first that applies.
struct HuddleAnswer: TaggedAnswer {
    let body: [UInt8]
    /// A digest of what the answer says, as `ListAnswer.entityTag`, `since` with it.
    let entityTag: String

    init(page: HuddlePage, providers: ProviderDirectory, now: Instant) {
        var sections = JSONAnswer(capacity: page.total * 1_024 + 512)
        sections.beginArray()
        for section in page.sections {
            sections.beginObject()
            sections.field("section", section.section.rawValue)
            sections.field("total", Int64(section.items.count))
            if section.section == .symphony { sections.field("others_unchanged", Int64(section.othersUnchanged)) }
            sections.key("items")
            sections.beginArray()
            for item in section.items {
                sections.item(item, of: .huddle, providers: providers, saysWhy: true, now: page.cut?.moment ?? now)
            }
            sections.endArray()
            sections.endObject()
        }
        sections.endArray()

        var tagged = JSONAnswer(capacity: sections.bytes.count + 256)
        tagged.beginArray()
        tagged.string(page.practice)
        tagged.systemTime(page.since)
        tagged.bool(page.isComplete)
        for feed in page.feeds {
            tagged.string(feed.hospital.rawValue)
            tagged.string(feed.feed)
            tagged.string(feed.state.rawValue)
            tagged.bool(feed.behind > 0)
        }
        tagged.json(sections.bytes)
        tagged.endArray()
        entityTag = "hud.\(page.practice).\(Digest(of: tagged.bytes).hexadecimal.prefix(20))"

        var json = JSONAnswer(capacity: sections.bytes.count + 512)
        json.beginObject()
        json.field("list", PracticeList.huddle.rawValue)
        json.field("practice", page.practice)
        json.standing(of: page.feeds, providers: providers, at: now, cut: page.cut)
        json.field("since", systemTime: page.since)
        json.field("total", Int64(page.total))
        json.key("sections")
        json.json(sections.bytes)
        json.endObject()
        body = json.bytes
    }
}
