"""What is known of a source: the record, its vocabulary and its plain form. No files, no network, no XML."""
