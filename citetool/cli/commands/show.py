"""`citetool show`: a whole record."""

from __future__ import annotations

from citetool.cli.options import Input, Json, Keys, Library, Output
from citetool.cli.ui import console
from citetool.cli.workflows import records


def run(keys: Keys, input: Input = None, output: Output = None, library: Library = None, json: Json = False) -> None:
    """Print whole records.

    The output is YAML, as in the files of the library.

    Example: citetool show 219945
    """
    from citetool.record.schema import to_plain
    from citetool.record.yamltext import dump_yaml

    plain = [to_plain(record) for record in records.chosen(keys, library, input)]
    if json:
        console.out_json(plain)
    else:
        console.out("---\n".join(dump_yaml(item) for item in plain))
