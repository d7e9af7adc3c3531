/**
 * A text with the differences of letter case taken out, for search and order: composed (NFC), lower case, then upper case, which
 * unlike the reverse knows no final forms (`ς` becomes `Σ`, `ß` becomes `SS`). Some letters have no composed upper case (`ΐ`), so it is
 * composed again.
 */
export function fold(text: string): string {
  return text.normalize("NFC").toLowerCase().toUpperCase().normalize("NFC");
}
