/** A language as pages name it: a BCP 47 tag, as `pt-BR`; undefined where it is none. */
export function languageTag(text: string | undefined): string | undefined {
  if (text === undefined || !/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(text)) return undefined;
  try {
    const [tag] = Intl.getCanonicalLocales(text.replaceAll("_", "-"));
    return tag === "und" || tag === "zxx" ? undefined : tag;
  } catch {
    return undefined;
  }
}
