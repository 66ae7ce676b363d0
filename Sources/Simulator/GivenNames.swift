/// The given names of the invented district, by sex and by when the bearer was born.
///
/// Three generations, because a list on which every Olivia is eighty would teach its reader nothing.
enum GivenNames {
    static let boys: [[String]] = [older.boys, middle.boys, younger.boys].map(FamilyNames.split)
    static let girls: [[String]] = [older.girls, middle.girls, younger.girls].map(FamilyNames.split)

    /// The generation of someone born in `year`: 0 before 1950, 1 before 1985, 2 after.
    static func generation(bornIn year: Int) -> Int {
        year < 1950 ? 0 : year < 1985 ? 1 : 2
    }

    /// Short forms by which some people wish to be called.
    static let short: [String: String] = [
        "Wilhelmina": "Billie", "Elizabeth": "Betty", "Margaret": "Peggy", "Dorothy": "Dot", "Winifred": "Win",
        "William": "Bill", "Robert": "Bob", "Richard": "Dick", "Edward": "Ted", "Albert": "Bert", "Frederick": "Fred",
        "Katherine": "Kate", "Victoria": "Vicky", "Christopher": "Chris", "Stephen": "Steve", "Susan": "Sue",
        "Patricia": "Pat", "Thomas": "Tom", "Benjamin": "Ben", "Isabella": "Izzy", "Eleanor": "Nell", "Henry": "Harry",
    ]

    private static let older = (
        boys: """
            John,William,George,Ronald,Kenneth,Dennis,Peter,Derek,Raymond,Albert,Frederick,Stanley,Arthur,Ernest,Leslie,
            Reginald,Norman,Harold,Douglas,Donald,Roy,Gordon,Eric,Cyril,Sidney,Walter,Victor,Leonard,Alfred,Bernard,Cecil,
            Desmond,Maurice,Ivor,Percy,Horace,Robert,Edward,Thomas,James,Charles,Brian,Michael,David,Alan,Anthony,Gerald,
            Geoffrey,Terence,Francis,Hubert,Mervyn,Clifford,Archibald,Bartholomew,Józef,Seán
            """,
        girls: """
            Margaret,Jean,Mary,Joan,Doreen,Dorothy,Joyce,Sheila,Barbara,Patricia,Audrey,Beryl,Betty,Doris,Edna,Eileen,
            Elsie,Ethel,Evelyn,Florence,Freda,Gladys,Gwendoline,Hilda,Irene,Iris,Ivy,Kathleen,Lilian,Marjorie,Maureen,
            Mavis,Muriel,Nora,Olive,Pamela,Phyllis,Rita,Sylvia,Thelma,Vera,Violet,Winifred,Wilhelmina,Elizabeth,Ann,June,
            Shirley,Brenda,Hazel,Valerie,Norma,Mollie,Peggy,Renée,Éilís,Ágota
            """
    )
    private static let middle = (
        boys: """
            Paul,Mark,Andrew,Stephen,Kevin,Ian,Gary,Nigel,Neil,Martin,Simon,Jonathan,Richard,Philip,Graham,Keith,Trevor,
            Adrian,Clive,Darren,Wayne,Lee,Jason,Dean,Craig,Stuart,Nicholas,Timothy,Christopher,Robert,David,Michael,Peter,
            John,James,Matthew,Daniel,Gareth,Russell,Carl,Barry,Colin,Malcolm,Howard,Julian,Guy,Jeremy,Sanjay,Rajesh,
            Mohammed,Krzysztof,Tomasz,João,José,Björn,André,François,Tadhg
            """,
        girls: """
            Susan,Karen,Tracey,Sharon,Julie,Deborah,Jacqueline,Helen,Amanda,Alison,Sarah,Nicola,Lisa,Michelle,Joanne,
            Angela,Jane,Elizabeth,Caroline,Catherine,Katherine,Lorraine,Mandy,Dawn,Paula,Tina,Wendy,Gillian,Lesley,
            Christine,Linda,Carol,Janet,Anne-Marie,Mary Jane,Heather,Fiona,Ruth,Rachel,Rebecca,Emma,Claire,Samantha,
            Victoria,Louise,Zoë,Chloë,Siân,Sinéad,Anaïs,Priya,Sunita,Fatima,Malgorzata,Agnieszka,Inês,María,Thérèse
            """
    )
    private static let younger = (
        boys: """
            Oliver,George,Arthur,Noah,Leo,Oscar,Harry,Jack,Jacob,Charlie,Freddie,Alfie,Archie,Theo,Joshua,Ethan,James,
            William,Thomas,Henry,Max,Lucas,Logan,Mason,Isaac,Samuel,Benjamin,Daniel,Alexander,Reuben,Finley,Toby,Callum,
            Connor,Jordan,Kieran,Ryan,Liam,Kyle,Aaron,Nathan,Luke,Adam,Muhammad,Ibrahim,Yusuf,Arjun,Filip,Jakub,Tiago,
            Zachary,Jude,Rory,Dylan,Élie,Loïc,Noël
            """,
        girls: """
            Olivia,Amelia,Isla,Ava,Ivy,Freya,Lily,Florence,Mia,Willow,Rosie,Sophia,Isabella,Grace,Daisy,Sienna,Poppy,
            Elsie,Emily,Ella,Evelyn,Phoebe,Evie,Charlotte,Harper,Millie,Matilda,Maya,Sophie,Alice,Emilia,Ruby,Luna,
            Chloe,Jessica,Megan,Lauren,Bethany,Hannah,Jade,Paige,Eleanor,Zara,Aisha,Maryam,Ananya,Zofia,Maja,Beatriz,
            Zoë,Zoe,Anaëlle,Niamh,Saoirse,Tegan,Seren,Maëlle
            """
    )
}
