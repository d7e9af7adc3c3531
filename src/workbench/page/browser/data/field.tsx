import { useId } from "preact/hooks";
import type { FormField } from "../../boot.ts";
import { say } from "../boot.ts";

interface FieldProps {
  readonly field: FormField;
  readonly value: string;
  readonly isFlag?: boolean;
  /** Whether the dialog opens with the focus in it. */
  readonly isFirst?: boolean;
  /** Whether the list of values has an empty one. */
  readonly hasEmpty: boolean;
  /** An additional choice: its value, and its label. */
  readonly more?: readonly [value: string, label: string] | undefined;
  change(value: string): void;
}

/** A field of a form as the contract has it. */
export function Field({ field, value, isFlag = false, isFirst = false, hasEmpty, more, change }: FieldProps) {
  const id = useId();
  const { name, isRequired, description, values, format } = field;
  const note = description === undefined ? undefined : `${id}-note`;
  const common = { id, name, "aria-describedby": note, "aria-required": isRequired };
  return (
    <div class="field">
      <label for={id}>
        <code>{name}</code>
        {isRequired && <span class="soft"> {say("required")}</span>}
      </label>
      {isFlag ? (
        <input
          {...common}
          type="checkbox"
          checked={value === "1"}
          onChange={({ currentTarget }) => change(currentTarget.checked ? "1" : "0")}
        />
      ) : values.length > 0 ? (
        <select {...common} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
          {hasEmpty && <option value="" />}
          {values.map((each) => (
            <option key={each}>{each}</option>
          ))}
          {more !== undefined && <option value={more[0]}>{more[1]}</option>}
        </select>
      ) : (
        <input
          {...common}
          type="text"
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          inputMode={inputModes[format ?? ""]}
          data-first={isFirst || undefined}
          value={value}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
      {description !== undefined && (
        <p class="soft" id={note}>
          {description.replaceAll("`", "")}
        </p>
      )}
    </div>
  );
}

/** The keyboard that phones show. The input is not validated here, so that the server's answer to a wrong value can be tried. */
const inputModes: Readonly<Record<string, "email" | "url">> = { email: "email", uri: "url" };
