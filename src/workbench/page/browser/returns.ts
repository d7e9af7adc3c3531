import { useEffect, useState } from "preact/hooks";

/** How often the reader has returned to this page from another tab. */
export function useReturns(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const look = () => void (document.visibilityState === "visible" && setCount((before) => before + 1));
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return count;
}
