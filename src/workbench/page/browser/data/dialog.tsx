import { useId, useLayoutEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  close(): void;
  readonly children: preact.ComponentChildren;
}

/** The browser's own dialog: it keeps the focus, and Escape closes it. It opens with the field that has `data-first`. */
export function Dialog({ title, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before the next key arrives, which else is lost.
  useLayoutEffect(() => {
    const { current } = dialog;
    // What had the focus gets it again.
    const opener = document.activeElement;
    current?.showModal();
    const first = current?.querySelector<HTMLInputElement>("[data-first]");
    first?.focus();
    first?.select();
    return () => {
      current?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={close}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
