"""The interfaces that editors speak to Zotero and its plug-ins: cite as you write, JSON-RPC, export, the local API."""
