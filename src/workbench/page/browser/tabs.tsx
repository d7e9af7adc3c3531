import { say } from "./boot.ts";
import { type Tab, tabs } from "./place.ts";

interface TabsProps {
  readonly tab: Tab;
  readonly has: (tab: Tab) => boolean;
  go(tab: Tab): void;
}

/** The tabs, by the ARIA tabs pattern: one stop for the Tab key; the arrow keys move between them. */
export function Tabs({ tab, has, go }: TabsProps) {
  const there = tabs.filter(has);
  /** From the tab that has the focus: the one that is shown may lag behind. */
  const move = (event: KeyboardEvent, from: Tab) => {
    const isMirrored = document.documentElement.dir === "rtl";
    const forward = isMirrored ? "ArrowLeft" : "ArrowRight";
    const backward = isMirrored ? "ArrowRight" : "ArrowLeft";
    const at = there.indexOf(from);
    const to = {
      [forward]: at + 1,
      [backward]: at - 1 + there.length,
      Home: 0,
      End: there.length - 1,
    }[event.key];
    const next = to === undefined ? undefined : there[to % there.length];
    if (next === undefined) return;
    event.preventDefault();
    go(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={say("views")}>
      {there.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`tab-${each}`}
          aria-selected={each === tab}
          aria-controls="panel"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => go(each)}
          onKeyDown={(event) => move(event, each)}
        >
          {say(each)}
        </button>
      ))}
    </div>
  );
}
