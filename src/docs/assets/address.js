/** What stands behind the address's `#`; empty where that can't be decoded. */
export function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}
