/// The family names of the invented district.
///
/// Common names come first and are drawn more often. Apostrophes, hyphens, spaces, accents and very long names stand
/// among them, because screens, sort orders and character sets have to bear them. Every letter is in ISO 8859-1,
/// so that a hospital which sends that character set can send them all.
enum FamilyNames {
    static let all: [String] = split(
        """
        Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Evans,Thomas,Roberts,Walker,Wright,Robinson,Thompson,White,
        Hughes,Edwards,Green,Hall,Wood,Harris,Clarke,Jackson,Turner,Cooper,Ward,Hill,Moore,Clark,Baker,Harrison,Morris,
        Martin,Lee,King,Watson,Allen,James,Parker,Bennett,Young,Cook,Richardson,Shaw,Carter,Collins,Bell,Bailey,Mitchell,
        Cox,Miller,Marshall,Simpson,Price,Adams,Anderson,Wilkinson,Foster,Ellis,Murphy,Chapman,Mason,Gray,Richards,Webb,
        Rogers,Hunt,Mills,Palmer,Holmes,Matthews,Gibson,Fisher,Russell,Barker,Stevens,Knight,Butler,Pearson,Stone,Harvey,
        Fox,Barnes,Chambers,Lloyd,Reynolds,Pearce,Dixon,Hunter,Fletcher,Kelly,Andrews,Ford,Payne,Burton,Lane,Dawson,Cole,
        Brooks,Perry,Powell,West,Day,Spencer,Woods,Francis,Saunders,Lawrence,Newman,Bishop,Osborne,Bird,Coombes,Hallett,
        Vincent,Bartlett,Gale,Sweet,Chant,Loveridge,Hooper,Hawkins,Perrett,Stuckey,Sparks,Dimond,Tucker,Chubb,Gould,Stacey,
        Trott,Rendell,Bicknell,Parsons,Pitman,Bonning,Crocker,Larcombe,Hebditch,Meech,Pidgeon,Raison,Wheadon,Cridland,Vile,
        Denman,Gaylard,Maidment,Bown,Slade,Penny,Feltham,Dyke,Loaring,Doble,Hann,Tapp,Thorne,Channing,Yeandle,Govier,
        Burge,Treasure,Haine,Bulpin,Dabinett,Palfrey,Sealey,Cattle,Strawbridge,Frampton,Dunning,Garrett,Rossiter,Mogg,
        Patel,Khan,Singh,Begum,Ahmed,Ali,Hussain,Kaur,Sharma,Rahman,Chowdhury,Thapa,Gurung,Rai,Mathew,Varghese,Thomas-Kurian,
        Santos,Reyes,Cruz,dela Cruz,Bautista,Fernandes,da Silva,Gonçalves,Conceição,Magalhães,Nowak,Kowalska,Wójcik,Zielinska,
        Kaminski,Popescu,Ionescu,Petrov,Horváth,Nagy,Müller,Schröder,Núñez,García,Lefèvre,Søndergaard,Åkesson,Okafor,Adeyemi,
        Mensah,Ncube,Moyo,Chen,Wong,Tran,Nguyen,Kim,Abdi,Yilmaz,Haddad,Rossi,Di Marco,van der Berg,de Souza,von Hohenfels,
        O'Neill,O'Brien,O'Connor,O'Sullivan,O'Shea,D'Arcy,D'Souza,McDonald,MacDonald,McKenzie,MacLeod,Fitzgerald,Byrne,Doyle,
        Ó Briain,Ní Chonaill,Nightingale-Ashworth,Pearce-Hallett,Barrington-Stoke,Winter-Coombe,Lloyd-Pritchard,Fox-Davies,
        St John,St Aubyn,Le Brun,ap Rhys,Featherstonehaugh-Cholmondeley,Wolferstan-Montgomery-Hargreaves,
        Abberline,Ackroyd,Addicott,Aldous,Ambrose,Applegate,Arscott,Atwell,Axworthy,Babbage,Ballantyne,Bampfylde,Beaumont,
        Bellringer,Biddlecombe,Blackmore,Blanchflower,Brimblecombe,Broadribb,Bussell,Cavendish,Chilcott,Clatworthy,Combstock,
        Culverwell,Dampier,Dibble,Durston,Eastment,Elworthy,Escott,Farthing,Foxwell,Fudge,Gillingham,Goodland,Greenslade,
        Hardacre,Hembrow,Hockey,Honeywill,Inder,Isgrove,Jeanes,Keitch,Kiddle,Lavington,Longstaff,Lukins,Marchant,Milverton,
        Norcombe,Oakley,Oram,Paull,Peddle,Pinney,Quantock,Quick,Radford,Ridout,Salisbury,Sawtell,Shire,Southcombe,Spearing,
        Stembridge,Summerhayes,Tancock,Toogood,Tratt,Udall,Upham,Vearncombe,Vowles,Warry,Westlake,Whitcombe,Wyatt,Yandle,
        Youngman,Zeal,Lo,Ng,Oh,Ek,Ash,Box,Coe,Dee,Fry,Guy,Hay,Ivy,Joy,Kay,Lay,May,Nye,Orr,Pye,Ray,Tee,Vye,Way
        """)

    /// The same names as the hospital writes them, in capitals.
    static let inCapitals: [String] = all.map { $0.uppercased() }

    /// The place of a name, the front of the list far likelier than its end.
    static func place(for bits: UInt64) -> Int {
        let share = bits.asFraction
        return min(all.count - 1, Int(share * share * Double(all.count)))
    }

    /// The names of a comma-separated text, line ends ignored.
    static func split(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == "," || $0 == "\n" }).map(String.init)
    }
}
