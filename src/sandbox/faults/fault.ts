import type { OperationKind } from "../../description/index.ts";
import type { Answer } from "../answer.ts";
import type { Model } from "../model.ts";
import type { Call } from "../service.ts";
import type { Eventual, Store } from "../store/index.ts";

/** What a fault may look at. */
export interface FaultContext {
  readonly model: Model;
  /** The store as it is, without the fault. */
  readonly store: Store;
  readonly kind: OperationKind;
  readonly instance: string;
  /** As sent. */
  readonly authorization: string | undefined;
  /** The request, where its key was good (or taken for good). */
  readonly call: Call | undefined;
}

/** One way in which an instance can deviate from the contract. All hooks are optional; what has no hook is as it should be. */
export interface Fault {
  /** Kebab case, for `--fault` and the header. */
  readonly name: string;
  /** One line: what the instance does instead of what it should. */
  readonly description: string;
  /** The kinds of operation that deviate; all others are served as they should be. */
  readonly operations: readonly OperationKind[];
  /** Whether the instance has what the fault is about; all have, where this is left out. */
  appliesTo?(model: Model): boolean;
  /** Whether it opens what belongs to other keys. */
  readonly reachesOthers?: true;
  /** The account that a request without a good key is served for. */
  admit?(context: FaultContext): Eventual<number | undefined>;
  /** What the instance understands, in place of what was sent. */
  understand?(call: Call, context: FaultContext): Call;
  /** The store as the instance uses it. */
  store?(store: Store, context: FaultContext): Store;
  /** What the instance answers, in place of what it should. */
  answer?(answer: Answer, context: FaultContext): Eventual<Answer>;
  /** How the answer travels: cut off by a reset of the connection, or late (in milliseconds). */
  readonly delivery?: "reset" | { readonly delay: number };
}
