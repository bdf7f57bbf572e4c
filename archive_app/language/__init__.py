"""Tokens, stems, inflected forms, scripts and alphabets."""
