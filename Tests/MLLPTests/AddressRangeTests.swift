import MLLP
import Testing

struct AddressRangeTests {
    @Test(arguments: [
        ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
        ("192.0.2.0/24", "::ffff:192.0.2.9", true), ("0.0.0.0/0", "203.0.113.1", true),
        ("0.0.0.0/0", "2001:db8::1", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false),
        ("::1", "::1", true), ("::/0", "2001:db8::1", true), ("fe80::/10", "fe80::1%eth0", true),
        ("10.20.30.99/8", "10.1.1.1", true), ("2001:db8:0:0:1:2:3:4/128", "2001:db8::1:2:3:4", true),
        ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.0/24", "", false), ("192.0.2.0/24", "host", false),
    ])
    func `an address is in a range or not`(range: String, address: String, isIn: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isIn)
    }

    @Test(arguments: [
        "", "/", "192.0.2", "192.0.2.256", "192.0.2.1/33", "192.0.2.1/-1", "192.0.2.1/+8", "192.0.2.1/",
        "192.0.2.1/8/8",
        "::1/129", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "1::2::3", "::1.2.3", "localhost",
        "1.2.3.4.5",
    ])
    func `what is no range is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
