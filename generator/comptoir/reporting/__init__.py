"""What a report says, without words: measurements in; the tiles that open it and the facts that stand out, out."""
