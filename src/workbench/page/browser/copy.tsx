import { useEffect, useState } from "preact/hooks";
import { say } from "./boot.ts";

/** A button that copies a text, and tells screen readers that it did. */
export function Copy({ text, label, hint }: { text: string; label: string; hint?: string }) {
  const [isDone, setDone] = useState<boolean | undefined>();
  useEffect(() => {
    if (isDone === undefined) return;
    const timer = setTimeout(() => setDone(undefined), 1500);
    return () => clearTimeout(timer);
  }, [isDone]);
  const copy = () =>
    copyText(text).then(
      () => setDone(true),
      () => setDone(false),
    );
  return (
    <button type="button" class="small" onClick={copy} title={hint}>
      <span aria-live="polite">{isDone === undefined ? label : say(isDone ? "copied" : "notCopied")}</span>
    </button>
  );
}

/** Browsers have `navigator.clipboard` only on loopback names and over TLS; elsewhere `execCommand` copies. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (!isCopied) throw new Error("the browser does not let this page copy");
}
