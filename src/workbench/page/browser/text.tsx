import { say } from "./boot.ts";
import { cut, piecesOf } from "./visible.ts";

export interface TextProps {
  readonly value: string;
  /** How many characters are shown at most. */
  readonly most?: number;
  /** How many characters the server has cut off after the value. */
  readonly more?: number;
  readonly hasLines?: boolean;
}

/** A text from outside. Invisible characters are shown by name, and a long text is cut, which is said. */
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
