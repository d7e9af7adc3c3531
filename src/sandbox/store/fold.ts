/**
 * Folds letter case, for search and order: composes the text (NFC), then turns it to lower case, then to upper case. Upper case comes last
 * because it has no final forms (`ς` becomes `Σ`, `ß` becomes `SS`). Some letters have no composed upper case (`ΐ`), so the result is
 * composed again.
 */
export function fold(text: string): string {
  return text.normalize("NFC").toLowerCase().toUpperCase().normalize("NFC");
}
