import { say } from "../boot.ts";

/** A field that the contract does not have, typed in by the reader. */
export interface OwnField {
  readonly name: string;
  readonly value: string;
}

interface OwnFieldsProps {
  readonly fields: readonly OwnField[];
  change(fields: readonly OwnField[]): void;
}

/** Fields of a type that the contract does not list: those who have such an instance know them. */
export function OwnFields({ fields, change }: OwnFieldsProps) {
  const set = (index: number, part: Partial<OwnField>) =>
    change(fields.map((field, at) => (at === index ? { ...field, ...part } : field)));
  return (
    <fieldset class="own-fields">
      {fields.map((field, index) => (
        <p key={index}>
          {(["name", "value"] as const).map((part) => {
            const label = say(part === "name" ? "fieldName" : "fieldValue", { number: index + 1 });
            return (
              <input
                key={part}
                type="text"
                autocomplete="off"
                spellcheck={false}
                dir="auto"
                aria-label={label}
                placeholder={label}
                value={field[part]}
                onInput={({ currentTarget }) => set(index, { [part]: currentTarget.value })}
              />
            );
          })}
        </p>
      ))}
      <button type="button" class="small" onClick={() => change([...fields, { name: "", value: "" }])}>
        {say("addField")}
      </button>
    </fieldset>
  );
}
