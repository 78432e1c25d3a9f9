"""What a small project becomes, file by file, against files that are reviewed in git."""
