import { useState } from "preact/hooks";
import type { FormField, InstanceModel } from "../../boot.ts";
import { say } from "../boot.ts";
import type { Failure } from "../failure.ts";
import { Problem } from "../problem.tsx";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { createForm, examplesOf, fieldOf, formsOf, updateForm, valuesOf } from "./form-values.ts";
import type { Form, Handler, Outcome } from "./handlers-api.ts";
import { type OwnField, OwnFields } from "./own-fields.tsx";

interface HandlerFormProps {
  readonly model: InstanceModel;
  /** The handler to change; undefined for a new one. */
  readonly handler: Handler | undefined;
  send(form: Form): Promise<Outcome<undefined>>;
  close(): void;
}

/** A dialog that creates or changes a handler. Its fields come from the contract; the server's refusals are shown above them. */
export function HandlerForm({ model, handler, send, close }: HandlerFormProps) {
  const isNew = handler === undefined;
  const draft = useDraft(model, handler);
  const [problem, setProblem] = useState<Failure>();
  const [isSending, setSending] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setSending(true);
    const outcome = await send(draft.form());
    setSending(false);
    if ("problem" in outcome) setProblem(outcome.problem);
    else close();
  };
  const { enabled, id, name } = model.properties;
  return (
    <Dialog title={isNew ? say("newHandler") : say("editHandler", { id: String(handler[id]) })} close={close}>
      <form onSubmit={submit} noValidate>
        <Problem failure={problem} />
        <TypeField model={model} draft={draft} isNew={isNew} />
        {draft.fields.map((field) => (
          <Field
            key={`${draft.type} ${field.name}`}
            field={field}
            value={draft.values.get(field.name) ?? ""}
            isFlag={field.name === enabled}
            isFirst={field.name === name}
            hasEmpty={!field.isRequired}
            change={(value) => draft.setValue(field.name, value)}
          />
        ))}
        {draft.isListed || <OwnFields fields={draft.own} change={draft.setOwn} />}
        <p class="buttons">
          <button type="submit" class="action primary" disabled={isSending}>
            {say(isNew ? "create" : "save")}
          </button>
          <button type="button" class="action" onClick={close}>
            {say("cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** The current content of the form. */
interface Draft {
  readonly type: string;
  /** Whether the contract lists the type. */
  readonly isListed: boolean;
  /** The handler's current type; empty for a new one. */
  readonly before: string;
  readonly fields: readonly FormField[];
  readonly values: Form;
  readonly own: readonly OwnField[];
  setType(type: string): void;
  setValue(name: string, value: string): void;
  setOwn(fields: readonly OwnField[]): void;
  /** What is sent. */
  form(): Form;
}

function useDraft(model: InstanceModel, handler: Handler | undefined): Draft {
  const [before] = useState(() => ({
    type: handler === undefined ? "" : String(handler[model.properties.type]),
    values: valuesOf(model, handler),
  }));
  const [type, setType] = useState(before.type || (model.types[0]?.type ?? ""));
  const [typed, setTyped] = useState<Form>(before.values);
  const [own, setOwn] = useState<readonly OwnField[]>([{ name: "", value: "" }]);
  const forms = formsOf(model, type, handler);
  const isListed = model.types.some((each) => each.type === type);
  const fields = handler === undefined ? forms.create : forms.update;
  const values = handler === undefined ? new Map([...examplesOf(fields), ...typed]) : typed;
  return {
    type,
    isListed,
    before: before.type,
    fields,
    values,
    own,
    setType,
    setValue: (name, value) => setTyped(new Map([...typed, [name, value]])),
    setOwn,
    form() {
      const form =
        handler === undefined ? createForm(model, forms, values) : updateForm(model, forms, values, before);
      const more = isListed ? [] : own.filter(({ name }) => name !== "");
      return new Map([...form, ...more.map(({ name, value }) => [name, value] as const)]);
    },
  };
}

/** The choice "another type", which is then typed in. No type has this name. */
const another = " ";

/**
 * The choice of a type: the contract's types, the handler's own if it is not one of them, and any other if the instance may have others.
 */
function TypeField({ model, draft, isNew }: { model: InstanceModel; draft: Draft; isNew: boolean }) {
  const { type, before, setType } = draft;
  const listed = model.types.map((each) => each.type);
  const known = before === "" || listed.includes(before) ? listed : [before, ...listed];
  const isTyped = !known.includes(type);
  const field = { ...fieldOf(model.properties.type), isRequired: isNew, values: known };
  return (
    <>
      <Field
        field={field}
        value={isTyped ? another : type}
        hasEmpty={false}
        more={model.isOpen ? [another, say("anotherType")] : undefined}
        change={(chosen) => setType(chosen === another ? "" : chosen)}
      />
      {isTyped && (
        <input
          type="text"
          class="type-name"
          autocomplete="off"
          spellcheck={false}
          aria-label={say("typeName")}
          placeholder={say("typeName")}
          value={type}
          onInput={({ currentTarget }) => setType(currentTarget.value)}
        />
      )}
    </>
  );
}
