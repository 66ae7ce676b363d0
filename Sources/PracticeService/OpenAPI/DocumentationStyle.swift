/// The style sheet of the documentation.
enum DocumentationStyle {
    static let css: StaticString = """
        body{margin:0;color:#212b32;background:#fff;font:16px/1.5 Arial,sans-serif}
        main{max-width:70rem;margin:0 auto;padding:1rem}
        h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-top:1px solid #d8dde0;padding-top:1rem}
        table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:700}
        td{border-bottom:1px solid #d8dde0;padding:.25rem .75rem .25rem 0;vertical-align:top;overflow-wrap:anywhere}
        code{font-family:monospace;font-size:.95em;background:#f0f4f5;padding:0 .2em;overflow-wrap:anywhere}
        a{color:#005eb8}a:focus{background:#ffeb3b;color:#212b32;outline:3px solid #212b32}
        """
}
