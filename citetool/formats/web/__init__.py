"""Web pages: metadata embedded in HTML, COinS, schema.org, and citation templates."""
