/// Invented messages of the shapes that mutations should reach: an admission with everything in it, a merge of
/// patients, of visits, a swap of beds, a visit moved to another patient.
enum SampleMessages {
    static let all: [[UInt8]] = [admission, patientMerge, visitMerge, swap, move].map { segments in
        segments.flatMap { Array($0.utf8) + [0x0D] }
    }

    private static func header(_ trigger: String, _ control: String) -> String {
        #"MSH|^~\&|PAS|ZX9|CONECT|ZX9|20260110213005||ADT^"# + trigger + "|" + control
            + "|P|2.4|||AL|NE|GBR|UNICODE UTF-8"
    }

    private static let anne =
        "PID|1||9990000018^^^NHS^NH~1234567^^^ZX9^MR||TESTER^ANNE^^^MRS^^L||19380412|2|||1 HIGH ST^^TESTTON^^ZZ99 1AA"
    private static let bert = "PID|2||9990000026^^^NHS^NH~7654321^^^ZX9^MR||TESTER^BERT^^^MR^^L||19410102|1"
    private static let practice = "PD1|||TESTMEAD SURGERY^^Z99001|G9999998^DOCTOR^A"

    private static func visit(_ number: String, bed: String) -> String {
        "PV1|1|I|EAU^EAU1^" + bed + "^ZX901|21||SAU^1^2^ZX901|C9999998^CARE^A|||300||||19||N||INPATIENT|" + number
            + "^^^ZX9^VN|||||||||||||||||1|19||||||||202601102115|202601121530"
    }

    private static let admission = [
        header("A01", "M1"), "EVN|A01|20260110212955|||JSMITH|20260110211500", anne, practice,
        visit("SP1", bed: "B04"), "PV2|||^FALL, CONFUSED|||||20260110|20260114",
        "DG1|1||R29.6^Tendency to fall^I10||20260110|A", "ZU1|20260110205000|1|C|||||||||||||||||||N||202601121200",
        "ZU8|1|2|3|0",
    ]
    private static let patientMerge = [
        header("A40", "M2"), "EVN|A40|20260111090000", anne, practice, "MRG|7654321^^^ZX9^MR~9990000026^^^NHS^NH", bert,
        "MRG|1234567^^^ZX9^MR",
    ]
    private static let visitMerge = [
        header("A35", "M3"), "EVN|A35|20260111090100", anne, "MRG|1234567^^^ZX9^MR||AC1^^^ZX9||SP2^^^ZX9^VN",
        visit("SP1", bed: "B05"),
    ]
    private static let swap = [
        header("A17", "M4"), "EVN|A17|20260111090200|||JSMITH|20260111090000", anne, visit("SP1", bed: "B05"), bert,
        visit("SP2", bed: "B04"),
    ]
    private static let move = [
        header("A45", "M5"), "EVN|A45|20260111090300", bert,
        "MRG|1234567^^^ZX9^MR||AC1^^^ZX9||SP1^^^ZX9^VN~SP3^^^ZX9^VN", visit("SP1", bed: "B05"),
    ]
}
