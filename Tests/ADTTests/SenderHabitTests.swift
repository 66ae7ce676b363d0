import Admissions
import EventSourcing
import HL7v2
import Testing

@testable import ADT

/// The habits that a profile may tell beyond the usual ones.
@Suite struct SenderHabitTests {
    private func read(
        identifiers: String = "9990000018^^^NHS^NH~P1^^^ZX9^MR~Q2^^^ZX8^MRN", class: String = "I",
        disposition: String = "4",
        destination: String = "", ward: String = "EAU", specialty: String = "300",
        _ change: (inout SenderProfile) -> Void
    ) throws -> AdmissionEvent {
        var profile = SenderProfile.ukDefault
        change(&profile)
        let empty = { String(repeating: "|", count: $0) }
        let text = """
            MSH|^~\\&|PAS|ZX9|CONECT|ZX9|20260303075911||ADT^A03|M1|P|2.4\r\
            EVN|A03|20260303075900\r\
            PID|1||\(identifiers)||TESTER^ANNE||19380412|2\r\
            PV1|1|\(`class`)|\(ward)^B1^2|21||||||\(specialty)\(empty(9))V1\(empty(17))\(disposition)|\(destination)\r
            """
        let event = try #require(ADTReader(profile: profile).read(try HL7Message(text)).events.first)
        return try AdmissionEvent(type: event.type, payload: event.payload)
    }

    @Test func `only the named authority's number is the hospital's own`() throws {
        #expect(try read { _ in }.patient?.local?.value == "P1")
        #expect(try read { $0.localIdentifierIssuer = "ZX8" }.patient?.local?.value == "Q2")
        let none = try read { $0.localIdentifierIssuer = "ZX7" }.patient
        #expect(none?.local == nil && none?.identifiers.map(\.value) == ["P1", "Q2"])
    }

    @Test func `PV1-36 is what the profile says it is`() throws {
        #expect(try read { _ in }.encounter?.dischargeMethod == "4")
        #expect(try read { $0.dispositionMeaning = .dischargeMethod }.encounter?.dischargeMethod == "4")
        let destination = try read(disposition: "70") { $0.dispositionMeaning = .dischargeDestination }.encounter
        #expect(destination?.dischargeDestination == "70" && destination?.dischargeMethod == .absent)
        let both = try read(disposition: "70", destination: "19") { $0.dispositionMeaning = .dischargeDestination }
            .encounter
        #expect(both?.dischargeDestination == "19" && both?.disposition == "70")
        let disposal = try read { $0.dispositionMeaning = .disposal }.encounter
        #expect(disposal?.disposal == "4" && disposal?.dischargeMethod == .absent)
    }

    @Test func `a 4 of an attendance is no method, whatever the profile says`() throws {
        let encounter = try read(class: "E") { $0.dispositionMeaning = .dischargeMethod }.encounter
        #expect(
            encounter?.dischargeMethod == .absent && encounter?.disposal == .absent && encounter?.disposition == "4")
    }

    @Test func `a sensitive ward or specialty is shown with care`() throws {
        #expect(try read { _ in }.patient?.restricted == .absent)
        #expect(try read(ward: "gum") { $0.sensitiveWards = ["GUM"] }.patient?.restricted == .value(true))
        #expect(try read { $0.sensitiveWards = ["B1"] }.patient?.restricted == .value(true))
        #expect(try read(specialty: "360") { $0.sensitiveSpecialties = ["360"] }.patient?.restricted == .value(true))
        #expect(try read { $0.sensitiveSpecialties = ["360"] }.patient?.restricted == .absent)
    }

    @Test func `a class may be a digit`() throws {
        #expect(try read(class: "1") { $0.classes["1"] = .daycase }.encounter?.encounterClass == .daycase)
    }

    @Test func `a survey counts what is read and what is missed, and tells nobody's data`() throws {
        var survey = ReadingSurvey(profile: .ukDefault)
        let good = """
            MSH|^~\\&|PAS|ZX9|CONECT|ZX9|20260303075911||ADT^A01|M1|P|2.4\r\
            EVN|A01|20260303075900\r\
            PID|1||9990000018^^^NHS^NH~P1^^^ZX9^MR||TESTER^ANNE||19380412|2\r\
            PD1|||SURGERY^^L99901\r\
            PV1|1|I|EAU^B1^2|21||||||300|||||||||V1\(String(repeating: "|", count: 25))20260303074500\r
            """
        survey.take(Array(good.utf8))
        survey.take(Array(good.replacing("|1|I|", with: "|1|Q|").replacing("|21|", with: "|WALK|").utf8))
        survey.take(Array(good.replacing("|V1|", with: "||").utf8))
        survey.take(Array(good.replacing("|21|", with: "|9990000018|").replacing("L99901", with: "NONE").utf8))
        survey.take(Array(good.replacing("ADT^A01", with: "ORU^R01").utf8))
        survey.take(Array("noise".utf8))
        #expect(survey.messages == 6 && survey.read == 3)
        #expect(survey.quarantined == ["visit-number-missing": 1, "not-hl7": 1] && survey.refused == ["not-adt": 1])
        #expect(survey[.visitNumber].needed == 4 && survey[.visitNumber].lackingPercent == 25)
        #expect(survey[.practice].found == 2)
        #expect(survey[.encounterClass].codes[ReadingSurvey.Code(value: "Q", meaning: nil)] == 1)
        #expect(survey[.admissionMethod].codes[ReadingSurvey.Code(value: "WALK", meaning: nil)] == 1)
        #expect(survey[.admissionMethod].codes[ReadingSurvey.Code(value: "(not shown)", meaning: nil)] == 1)
        #expect(survey[.admissionMethod].codes[ReadingSurvey.Code(value: "21", meaning: "21")] == 1)
    }
}
