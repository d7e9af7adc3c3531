import type { OperationKind } from "../../description/index.ts";
import type { Answer } from "../answer.ts";
import type { Model } from "../model.ts";
import type { Call } from "../service.ts";
import type { Eventual, Store } from "../store/index.ts";

/** What a fault has access to. */
export interface FaultContext {
  readonly model: Model;
  /** The store without the fault. */
  readonly store: Store;
  readonly kind: OperationKind;
  readonly instance: string;
  /** The header as sent. */
  readonly authorization: string | undefined;
  /** The request, if its key was valid (or accepted by the fault). */
  readonly call: Call | undefined;
}

/** One way in which an instance can deviate from the contract. All hooks are optional; without a hook, that part behaves correctly. */
export interface Fault {
  /** Kebab case, for `--fault` and the header. */
  readonly name: string;
  /** One line: what the instance does wrong. */
  readonly description: string;
  /** The kinds of operation that deviate; all others behave correctly. */
  readonly operations: readonly OperationKind[];
  /** Whether an instance has what the fault is about. Without it, all have. */
  appliesTo?(model: Model): boolean;
  /** Set if it exposes what belongs to other keys. */
  readonly reachesOthers?: true;
  /** The account for a request without a valid key. */
  admit?(context: FaultContext): Eventual<number | undefined>;
  /** Replaces the request as the instance understands it. */
  understand?(call: Call, context: FaultContext): Call;
  /** Replaces the store that the instance uses. */
  store?(store: Store, context: FaultContext): Store;
  /** Replaces the answer. */
  answer?(answer: Answer, context: FaultContext): Eventual<Answer>;
  /** How the answer is sent: cut off by a reset of the connection, or delayed (in milliseconds). */
  readonly delivery?: "reset" | { readonly delay: number };
}
