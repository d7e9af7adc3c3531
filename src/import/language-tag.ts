/** A BCP 47 tag, such as `pt-BR`, from text on a page; undefined if it is not one. */
export function languageTag(text: string | undefined): string | undefined {
  if (text === undefined || !/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(text)) return undefined;
  try {
    const [tag] = Intl.getCanonicalLocales(text.replaceAll("_", "-"));
    return tag === "und" || tag === "zxx" ? undefined : tag;
  } catch {
    return undefined;
  }
}
