/** The decoded fragment of the URL; empty if it can't be decoded. */
export function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}
