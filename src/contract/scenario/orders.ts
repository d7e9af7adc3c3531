import type { Model } from "../../description/index.ts";
import { isOrdered, type Pair } from "../instance/index.ts";
import { type Ordering, type Resource, type Run, readList } from "../run/index.ts";
import { nextSize } from "./pages.ts";

/** An order to request, and the parameters that ask for it. */
export interface Order extends Omit<Ordering, "reading"> {
  readonly filters: readonly Pair[];
}

/** An order by every property, alternating descending and ascending; in a read-only run only the first. */
export function ordersOf(model: Model, write: boolean): Order[] {
  const orderParameter = model.parameter("order-property");
  const directionParameter = model.parameter("order-direction");
  const [ascending, descending] = model.values(directionParameter);
  if (orderParameter === undefined) return [];
  const properties: readonly string[] = Object.values(model.names);
  const orders = model.values(orderParameter).map((value, index): Order => {
    // The parameter's name for the id differs from the property's.
    const property = properties.includes(value) ? value : model.names.id;
    const isDescending = index % 2 === 0 && descending !== undefined;
    const direction = isDescending ? descending : ascending;
    const told = directionParameter !== undefined && direction !== undefined;
    return {
      value,
      property,
      descending: told ? isDescending : undefined,
      filters: [
        [orderParameter.name, value],
        ...(told ? [[directionParameter.name, direction] as const] : []),
      ],
    };
  });
  return write ? orders : orders.slice(0, 1);
}

/** The order by the handlers' names; undefined if the instance has none. */
export function orderByName({ names }: Model, orders: readonly Order[]): Order | undefined {
  return orders.find((it) => it.property === names.name);
}

/** Reads the first page of the list in each order. */
export async function readInOrders(run: Run, orders: readonly Order[]): Promise<void> {
  for (const { filters, ...order } of orders) {
    const purpose = `the list by ${order.value}${directionOf(order)}`;
    const isFine = (items: readonly Resource[]) => {
      const values = items.map((it) => it[order.property]).filter((it) => it !== null && it !== undefined);
      return isOrdered(values, order.descending);
    };
    const reading = await readList(run, { purpose, page: 1, size: nextSize(run), filters, isFine });
    run.orderings.push({ ...order, reading });
  }
}

/** The direction of an order, for people; empty if none was requested. */
export function directionOf({ descending }: Pick<Ordering, "descending">): string {
  return descending === undefined ? "" : descending ? ", descending" : ", ascending";
}
