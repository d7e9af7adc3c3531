/** A place in the contract, across files. A rule that uses it reports problems at the file and line where the author has to look. */
export class Cursor {
  /**
   * @param {any} context Redocly's context of a rule
   * @param {any} node the node at this place; undefined if there is none
   * @param {any} location Redocly's location
   */
  constructor(context, node, location) {
    this.context = context;
    this.node = node;
    this.location = location;
  }

  /**
   * The place below, with `$ref`s followed. If there is nothing below, it returns the last existing place, for reports.
   *
   * @param {...(string | number)} keys
   * @returns {Cursor}
   */
  at(...keys) {
    /** @type {Cursor} */
    let place = this;
    for (const key of keys) {
      const value = place.node?.[key];
      const location = value === undefined ? place.location : place.location.child([key]);
      place = new Cursor(this.context, value, location).followed();
    }
    return place;
  }

  /** @returns {Cursor} */
  followed() {
    if (typeof this.node?.$ref !== "string") return this;
    const { node, location } = this.context.resolve(this.node, this.location.source.absoluteRef);
    return node === undefined ? this : new Cursor(this.context, node, location);
  }

  /** @returns {Cursor[]} the places below, in their order */
  all() {
    return Object.keys(this.node ?? {}).map((key) => this.at(Array.isArray(this.node) ? Number(key) : key));
  }

  /** @param {string} message */
  report(message) {
    this.context.report({ message, location: this.location });
  }
}
