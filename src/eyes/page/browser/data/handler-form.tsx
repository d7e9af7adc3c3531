import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { FormField, InstanceModel } from "../../boot.ts";
import { say } from "../boot.ts";
import { Text } from "../text.tsx";
import { createForm, examplesOf, updateForm, valuesOf } from "./form-values.ts";
import type { Form, Handler, Outcome } from "./handlers-api.ts";

interface HandlerFormProps {
  readonly model: InstanceModel;
  /** The handler to change; undefined for a new one. */
  readonly handler: Handler | undefined;
  send(form: Form): Promise<Outcome<undefined>>;
  close(): void;
}

/** A dialog that creates or changes a handler. Its fields are the contract's; what the server refuses stands above them in its words. */
export function HandlerForm({ model, handler, send, close }: HandlerFormProps) {
  const { properties } = model;
  const [before] = useState(() => ({
    type: handler === undefined ? "" : String(handler[properties.type]),
    values: valuesOf(model, handler),
  }));
  const [type, setType] = useState(before.type || (model.types[0]?.type ?? ""));
  const forms = model.types.find((each) => each.type === type) ?? {
    type,
    create: [],
    update: commonFields(model),
  };
  const fields = handler === undefined ? forms.create : forms.update;
  const [typed, setTyped] = useState<Form>(before.values);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const values = handler === undefined ? new Map([...examplesOf(fields), ...typed]) : typed;
  const submit = async (event: Event) => {
    event.preventDefault();
    setSending(true);
    const outcome = await send(
      handler === undefined ? createForm(model, forms, values) : updateForm(model, forms, values, before),
    );
    setSending(false);
    if ("problem" in outcome) setProblem(outcome.problem);
    else close();
  };
  const title =
    handler === undefined ? say("newHandler") : say("editHandler", { id: String(handler[properties.id]) });
  return (
    <Dialog title={title} close={close}>
      <form onSubmit={submit} noValidate>
        {problem !== undefined && (
          <p class="problem" role="alert">
            <Text value={problem} most={2000} />
          </p>
        )}
        <Field
          field={{ ...typeField(model, before.type), isRequired: handler === undefined }}
          value={type}
          hasEmpty={false}
          change={setType}
        />
        {fields.map((field) => (
          <Field
            key={`${type} ${field.name}`}
            field={field}
            value={values.get(field.name) ?? ""}
            isFlag={field.name === properties.enabled}
            isFirst={field.name === properties.name}
            hasEmpty={!field.isRequired}
            change={(value) => setTyped(new Map([...typed, [field.name, value]]))}
          />
        ))}
        <p class="buttons">
          <button type="submit" class="action primary" disabled={isSending}>
            {say(handler === undefined ? "create" : "save")}
          </button>
          <button type="button" class="action" onClick={close}>
            {say("cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** The fields that handlers of any type have: those of all. */
function commonFields({ types }: InstanceModel): readonly FormField[] {
  const [first, ...others] = types;
  return (first?.update ?? []).filter(({ name }) =>
    others.every(({ update }) => update.some((field) => field.name === name)),
  );
}

/** The choice of a type: those of the contract, and the handler's own where that is none of them. */
function typeField({ properties, types }: InstanceModel, own: string): FormField {
  const known = types.map(({ type }) => type);
  return {
    name: properties.type,
    isRequired: true,
    description: undefined,
    values: own === "" || known.includes(own) ? known : [own, ...known],
    format: undefined,
    example: undefined,
  };
}

interface FieldProps {
  readonly field: FormField;
  readonly value: string;
  readonly isFlag?: boolean;
  /** Whether the dialog opens with it. */
  readonly isFirst?: boolean;
  /** Whether the list of values has an empty one. */
  readonly hasEmpty: boolean;
  change(value: string): void;
}

function Field({ field, value, isFlag = false, isFirst = false, hasEmpty, change }: FieldProps) {
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

/** What a phone's keyboard offers; the server checks, so that a wrong value can be tried. */
const inputModes: Readonly<Record<string, "email" | "url">> = { email: "email", uri: "url" };

/** The browser's own dialog: it keeps the focus, and Escape closes it. */
function Dialog({
  title,
  close,
  children,
}: {
  title: string;
  close(): void;
  children: preact.ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
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
