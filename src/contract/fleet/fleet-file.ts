/** A list of instances to check, and how. Keys are never in it, only the names of the variables that hold them. */
export interface FleetFile {
  /** Where an editor finds the JSON Schema of this file. */
  readonly $schema?: string;
  /** The form of this file: 1. */
  readonly version: 1;
  /** What holds for every instance that says nothing else. */
  readonly defaults?: FleetDefaults;
  /** @minItems 1 */
  readonly instances: readonly FleetEntry[];
}

/** How instances are checked. */
export interface FleetDefaults {
  /**
   * The name of the environment variable that holds the API key, in capitals, with an underscore. Never the key itself.
   * @pattern ^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$
   */
  readonly key?: string;
  /**
   * The name of the environment variable that holds a second account's API key, in capitals, with an underscore. Never the key itself.
   * @pattern ^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$
   */
  readonly other_key?: string;
  /** Whether handlers may be created, changed and deleted, too: the run's own, which it cleans up. No by default. */
  readonly write?: boolean;
  /**
   * How many requests may be sent to the host, as 30/m or 2/s, or none. By default 30/m, and none on this machine.
   * @pattern ^(none|[1-9]\d{0,5}/[smh])$
   */
  readonly rate?: string;
  /**
   * Seconds for a request with its answer, up to 600. 10 by default.
   * @exclusiveMinimum 0
   * @maximum 600
   */
  readonly timeout?: number;
  /**
   * A baseline: a file's path, from the folder of this file.
   * @minLength 1
   */
  readonly baseline?: string;
}

/** An instance, and how it is checked. */
export interface FleetEntry extends FleetDefaults {
  /**
   * What reports call it. By default the name of `instance`; no two may have the same.
   * @pattern ^[^\u0000-\u001f\u007f-\u009f]{1,100}$
   */
  readonly name?: string;
  /**
   * The instance whose contract it must keep: a registered name, or family.
   * @minLength 1
   */
  readonly instance: string;
  /**
   * Where it is, if not where its contract says: an http or https URL without user, query and fragment.
   * @pattern ^https?://
   */
  readonly base_url?: string;
}
