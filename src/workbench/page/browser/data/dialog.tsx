import { useId, useLayoutEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  close(): void;
  readonly children: preact.ComponentChildren;
}

/** The browser's own dialog: it traps the focus, and Escape closes it. The focus begins in the field with `data-first`. */
export function Dialog({ title, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // A layout effect, so that no key press is lost before the focus moves.
  useLayoutEffect(() => {
    const { current } = dialog;
    // The focus returns to where it was.
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
