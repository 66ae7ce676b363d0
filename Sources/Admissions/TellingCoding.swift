import EventSourcing

extension Telling {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("control", controlID.isEmpty ? nil : controlID)
        json.field("recorded", recorded)
        json.field("sender", sender.isEmpty ? nil : sender)
        json.field("sent", sent)
        json.field("trigger", trigger)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        var controlID = ""
        var recorded: Moment?
        var sender = ""
        var sent: Moment?
        var trigger = ""
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "control": controlID = try json.readString()
            case "recorded": recorded = try Moment(reading: &json)
            case "sender": sender = try json.readString()
            case "sent": sent = try Moment(reading: &json)
            case "trigger": trigger = try json.readString()
            default: try json.skipValue()
            }
        }
        self.init(trigger: trigger, sender: sender, controlID: controlID, recorded: recorded, sent: sent)
    }
}
