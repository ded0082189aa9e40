"""Tables of records: AtoM's and Zotero's CSV, and the spreadsheets that people keep of their own."""
