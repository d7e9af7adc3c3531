import { say } from "./boot.ts";
import { cut, piecesOf } from "./visible.ts";

export interface TextProps {
  readonly value: string;
  /** So many characters at most. */
  readonly most?: number;
  /** Characters that the server left out behind the value. */
  readonly more?: number;
  readonly hasLines?: boolean;
}

/** A text that somebody else has written: what can't be seen in it is named, and what is too long is cut with a word. */
export function Text({ value, most = 300, more = 0, hasLines = false }: TextProps) {
  const { shown, more: cutOff } = cut(value, most);
  const left = cutOff + more;
  return (
    <bdi>
      {piecesOf(shown, hasLines).map((piece, index) =>
        "text" in piece ? (
          piece.text
        ) : (
          <span key={index} class="sign" title={say("unseen", { code: piece.sign })}>
            {piece.sign}
          </span>
        ),
      )}
      {left > 0 && <span class="cut"> … {say("cut", { count: left })}</span>}
    </bdi>
  );
}
