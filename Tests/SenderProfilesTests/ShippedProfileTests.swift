import ADT
import HL7v2
import Testing

@testable import SenderProfiles

/// The profiles that come with the program.
@Suite struct ShippedProfileTests {
    @Test func `all shipped profiles are sound`() {
        #expect(ShippedProfiles.all.map(\.name) == ["uk-default", "cerner", "epic", "itk", "lorenzo", "trakcare"])
        #expect(ShippedProfiles.all.count == ShippedProfiles.sources.count)
        for file in ShippedProfiles.all { #expect(file.profile.name == file.name && file.title != file.name) }
    }

    @Test func `the profiles of the reader and the files are the same`() {
        #expect(ShippedProfiles.named("uk-default")?.profile == .ukDefault)
        #expect(ShippedProfiles.named("itk")?.profile == .itk)
    }

    @Test func `every key stands in the UK default with a comment above it`() throws {
        let lines = try #require(ShippedProfiles.named("uk-default")).text.split(separator: "\n").map(String.init)
        for key in ProfileKey.allCases {
            #expect(lines.contains { $0.hasPrefix(key.rawValue + ":") }, "\(key.rawValue)")
            for below in key.below {
                let place = try #require(lines.firstIndex { $0.hasPrefix("  \(below):") }, "\(below)")
                #expect(lines[place - 1].hasPrefix("  #"), "\(below)")
            }
        }
    }

    @Test func `no two shipped profiles claim a sender`() {
        let patterns = ShippedProfiles.all.flatMap(\.senders)
        #expect(Set(patterns).count == patterns.count)
    }

    @Test(arguments: [
        ("uk-itk-hscic", "ITK", "itk"), ("uk-oxford-polaris", "A01", "cerner"), ("uk-oxford-polaris", "A04", "cerner"),
        ("uk-oxford-polaris", "A11", "lorenzo"), ("uk-renalware", "barts", "cerner"),
        ("uk-renalware", "imperial", "cerner"),
        ("uk-homerton-endeavour", "homerton", "cerner"), ("uk-simhospital", "royalfree", "cerner"),
        ("uk-renalware", "lorenzo", "lorenzo"), ("uk-renalware", "ipm", "lorenzo"),
        ("uk-renalware", "kings_ADT_A01", "lorenzo"),
    ])
    func `a shipped profile knows its public senders`(folder: String, prefix: String, name: String) throws {
        guard Corpus.isThere else { return }
        let messages = try Corpus.messages(folder, beginning: prefix)
        #expect(!messages.isEmpty)
        for message in messages {
            let header = message.header
            let found = ShippedProfiles.library.profile(
                application: header.sendingApplication, facility: header.sendingFacility)
            #expect(found?.name == name)
        }
    }

    @Test(arguments: [
        ("uk-oxford-polaris", "A01.hl7", "cerner", ["NOC-Ward B"]),
        ("uk-homerton-endeavour", "homerton", "cerner", ["GSU"]),
        ("uk-renalware", "barts_A01", "cerner", ["RNJ RLH 6Z"]), ("uk-renalware", "kings_ADT_A01", "lorenzo", ["FISK"]),
    ])
    func `a shipped profile reads class, ward, method and local identifier of its public admissions`(
        folder: String, prefix: String, name: String, wards: [String]
    ) throws {
        guard Corpus.isThere else { return }
        var survey = ReadingSurvey(profile: try #require(ShippedProfiles.named(name)).profile)
        for message in try Corpus.messages(folder, beginning: prefix) { survey.take(message.bytes) }
        #expect(survey.read > 0 && survey.quarantined.isEmpty)
        for field in [ReadingSurvey.Field.encounterClass, .ward, .localIdentifier, .visitNumber, .admissionMethod] {
            #expect(survey[field].lackingPercent == 0, "\(field.rawValue)")
        }
        #expect(survey[.admissionMethod].codes.keys.allSatisfy { $0.meaning != nil })
        #expect(survey[.ward].codes.keys.map(\.value) == wards)
    }

    @Test func `the practice of a Homerton message stands in PD1-4`() throws {
        guard Corpus.isThere else { return }
        var survey = ReadingSurvey(profile: try #require(ShippedProfiles.named("cerner")).profile)
        for message in try Corpus.messages("uk-homerton-endeavour", beginning: "homerton") {
            survey.take(message.bytes)
        }
        #expect(survey[.practice].codes.keys.map(\.value) == ["PD1-4.6"])
    }
}
